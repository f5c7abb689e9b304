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

    /// <summary>Makes the request.</summary>
    public required Maker Request { get; init; }

    /// <summary>Makes the request that takes it back; null when something else's inverse does, or nothing needs to.</summary>
    public Maker? Inverse { get; init; }

    /// <summary>
    /// Judges a refusal. True: the refusal is cured and the thing made now. False: it was there as it should be, so there is nothing to
    /// undo. Null: the refusal stands. May throw a better error. Null for no judge.
    /// </summary>
    public Func<KernelSession, NetlinkException, bool?>? OnRefusal { get; init; }

    /// <summary>Takes note of the kernel's echo; null for no interest.</summary>
    public Action<KernelSession, PipelineResult>? OnMade { get; init; }
}
