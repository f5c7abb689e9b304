namespace Net.Firewall.Nftables.Bridges;

/// <summary>The sets of <c>table bridge netctl</c>, keyed by the host ends of containers' links.</summary>
public static class NftablesBridgeSets
{
    /// <summary>All ports that containers are on.</summary>
    public const string Ports = "ports";

    /// <summary>Ports that may speak with their own addresses only.</summary>
    public const string Guarded = "guarded";

    /// <summary>A port and the Ethernet address of its container.</summary>
    public const string Macs = "macs";

    /// <summary>A port and an IPv4 address of its container.</summary>
    public const string Addresses4 = "addresses4";

    /// <summary>A port and an IPv6 address of its container.</summary>
    public const string Addresses6 = "addresses6";

    /// <summary>The same, to look a neighbour advertisement's target up in: nft has no name for that field, so it cannot share a set with
    /// one that has.</summary>
    public const string Targets = "targets";

    /// <summary>The same as <see cref="Macs"/>, for the option of a neighbour solicitation or advertisement.</summary>
    public const string NeighbourOptions = "neighbour_options";

    /// <summary>The same as <see cref="Macs"/>, for the option of a router solicitation.</summary>
    public const string RouterOptions = "router_options";

    /// <summary>Ports without inter-container communication.</summary>
    public const string Closed = "closed";

    /// <summary>The Ethernet addresses of their containers.</summary>
    public const string ClosedMacs = "closed_macs";

    /// <summary>Links by IPv4: client, server, protocol, port of the server.</summary>
    public const string Linked4 = "linked4";

    /// <summary>Links by IPv6.</summary>
    public const string Linked6 = "linked6";
}
