namespace Net.Firewall.Nftables;

/// <summary>The kinds of our tables: <c>netctl</c> with the rules, one for each family of packets, and <c>netctl-conntrack</c>.</summary>
public enum NftablesTable
{
    /// <summary><c>table ip netctl</c>: the IPv4 packets that the host routes.</summary>
    IPv4,

    /// <summary><c>table ip6 netctl</c>: the IPv6 packets that the host routes.</summary>
    IPv6,

    /// <summary><c>table ip netctl-conntrack</c>: keeps connection tracking and translation of IPv4 on, with either backend.</summary>
    TrackingIPv4,

    /// <summary><c>table ip6 netctl-conntrack</c>: the same for IPv6.</summary>
    TrackingIPv6,

    /// <summary><c>table bridge netctl</c>: the frames that go from port to port of a bridge, with either backend.</summary>
    Bridge,
}
