using Net.Cnm.DesiredState;
using Net.Kernel.Sessions;

namespace Net.Kernel.Steps;

/// <summary>A step that is neither a netlink request nor a setting: a namespace, a file, a socket, the firewall.</summary>
internal sealed class ActionStep(ApplyPhase phase, DesiredObject subject, Func<string> command) : Step(phase, subject, command)
{
    /// <summary>Carries out the step. Returns the action that undoes it; null when nothing was changed or it cannot be undone.</summary>
    public required Func<KernelSession, Action?> Do { get; init; }

    /// <summary>What is done in its place when it fails in mending, where as much as possible is wanted and not all or nothing; null for
    /// nothing.</summary>
    public ActionStep? Otherwise { get; init; }
}
