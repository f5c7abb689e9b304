namespace Net.Firewall.Nftables;

/// <summary>The kinds of our tables, all named <c>netctl</c>, one for each family of packets.</summary>
public enum NftablesTable
{
    /// <summary><c>table ip netctl</c>: the IPv4 packets that the host routes.</summary>
    IPv4,

    /// <summary><c>table ip6 netctl</c>: the IPv6 packets that the host routes.</summary>
    IPv6,

    /// <summary><c>table bridge netctl</c>: the frames that go from port to port of a bridge, with either backend.</summary>
    Bridge,
}
