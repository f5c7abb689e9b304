using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>A link in the daemon's namespace that is to go, if it is ours. All of a removal go together: the kernel waits once for a
/// request, not once a link.</summary>
internal sealed class LinkRemovalStep(ApplyPhase phase, DesiredObject subject, string name)
    : Step(phase, subject, () => $"ip link delete dev {name}")
{
    /// <summary>The interface name.</summary>
    public string Name => name;
}
