using Net.Cnm.DesiredState;
using Net.Kernel.Sessions;
using Net.Netlink;

namespace Net.Kernel.Steps;

/// <summary>A step that is one netlink request.</summary>
internal sealed class NetlinkStep(ApplyPhase phase, DesiredObject subject, Func<string> command) : Step(phase, subject, command)
{
    /// <summary>Makes the request, given the index of <see cref="Link"/> (0 without one).</summary>
    public delegate NetlinkRequest Maker(KernelSession session, int linkIndex);

    /// <summary>The namespace whose kernel tables are changed.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The link in that namespace whose index the request needs; null for none.</summary>
    public string? Link { get; init; }

    /// <summary>Whether <see cref="Link"/> must be one that this daemon made.</summary>
    public bool RequiresOwnLink { get; init; }

    /// <summary>The links that the request makes; their settings need not be read before they are written.</summary>
    public IReadOnlyList<(NamespaceRef Namespace, string Link)> Makes { get; init; } = [];

    /// <summary>Makes the request.</summary>
    public required Maker Request { get; init; }

    /// <summary>Makes the request that undoes it; null when the inverse of another step does, or nothing has to be undone.</summary>
    public Maker? Inverse { get; init; }

    /// <summary>
    /// Handles a refusal by the kernel. Returns true when the object has been made in another way; false when it existed already as
    /// desired, so that there is nothing to undo; null when the refusal is an error. May throw a better error. Null when every refusal is
    /// an error.
    /// </summary>
    public Func<KernelSession, NetlinkException, bool?>? OnRefusal { get; init; }

    /// <summary>Receives the kernel's echo of the request; null when it is not needed.</summary>
    public Action<KernelSession, PipelineResult>? OnMade { get; init; }
}
