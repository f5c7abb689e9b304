using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>Removes a link of the daemon's namespace, if it is ours. All links of a removal are deleted in one request: the kernel waits
/// once for each request, not for each link.</summary>
internal sealed class LinkRemovalStep(ApplyPhase phase, DesiredObject subject, string name)
    : Step(phase, subject, () => $"ip link delete dev {name}")
{
    /// <summary>The interface name.</summary>
    public string Name => name;
}
