namespace Net.Firewall.Nftables;

/// <summary>Our tables, all named <c>netctl</c>, one a family of packets.</summary>
public enum NftablesTable
{
    /// <summary><c>table ip netctl</c>: what the host routes, IPv4.</summary>
    IPv4,

    /// <summary><c>table ip6 netctl</c>: what the host routes, IPv6.</summary>
    IPv6,

    /// <summary><c>table bridge netctl</c>: what goes from port to port of a bridge, with either backend.</summary>
    Bridge,
}
