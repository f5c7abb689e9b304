using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;

namespace Net.Cnm.Findings;

/// <summary>A link as the kernel has it.</summary>
/// <param name="Namespace">The network namespace.</param>
/// <param name="Name">The interface name.</param>
/// <param name="Mtu">The MTU in bytes.</param>
public sealed record SurveyedLink(NamespaceRef Namespace, string Name, int Mtu)
{
    /// <summary>The Ethernet address; null for a link that has none.</summary>
    public MacAddress? MacAddress { get; init; }

    /// <summary>The name of the bridge, bond or the like that the link is a port of; null for none.</summary>
    public string? Master { get; init; }

    /// <summary>The tag of the owner where the link is this program's; null for another's.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether it is up.</summary>
    public bool IsUp { get; init; } = true;

    /// <summary>Whether it forwards the IPv4 packets that come in by it (sysctl net.ipv4.conf.LINK.forwarding); null where that was not
    /// read.</summary>
    public bool? ForwardsIPv4 { get; init; }

    /// <summary>Whether it forwards the IPv6 packets that come in by it though the host does not forward (sysctl
    /// net.ipv6.conf.LINK.force_forwarding, since Linux 6.17); null where that was not read.</summary>
    public bool? ForcesIPv6 { get; init; }

    /// <summary>How it treats packets whose answer would leave by another link: the larger one of the sysctls rp_filter of the link and of
    /// all, where 1 is to drop them; null where that was not read.</summary>
    public int? ReversePathFilter { get; init; }
}
