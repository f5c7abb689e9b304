using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>Removes a link of the daemon's namespace, if it is ours. All links of a phase are removed together.</summary>
internal sealed class LinkRemovalStep(ApplyPhase phase, DesiredObject subject, string name)
    : Step(phase, subject, () => $"ip link delete dev {name}")
{
    /// <summary>The interface name.</summary>
    public string Name => name;

    /// <summary>Whether the link is deleted and not buried: it has something of another link's, such as a VLAN, that must be free at
    /// once.</summary>
    public bool AtOnce { get; init; }

    /// <summary>Where the other end of a veth pair is, when the name that it has there must be free at once; null when nobody is to have
    /// it, such as in a namespace that goes too.</summary>
    public (NamespaceRef Namespace, string Name)? OtherEnd { get; init; }
}
