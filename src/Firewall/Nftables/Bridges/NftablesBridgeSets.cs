namespace Net.Firewall.Nftables.Bridges;

/// <summary>The names of the sets of <c>table bridge netctl</c>, whose keys begin with the host ends of containers' links (bridge
/// ports).</summary>
public static class NftablesBridgeSets
{
    /// <summary>All bridge ports of containers.</summary>
    public const string Ports = "ports";

    /// <summary>Ports with anti-spoofing: their containers may send from their own addresses only.</summary>
    public const string Guarded = "guarded";

    /// <summary>Pairs of a port and its container's Ethernet address.</summary>
    public const string Macs = "macs";

    /// <summary>Pairs of a port and an IPv4 address of its container.</summary>
    public const string Addresses4 = "addresses4";

    /// <summary>Pairs of a port and an IPv6 address of its container.</summary>
    public const string Addresses6 = "addresses6";

    /// <summary>Pairs of a port and an IPv6 address of its container, for the target of a neighbour advertisement or of a probe: nft has no
    /// name for that field, so it cannot share <see cref="Addresses6"/> with a field that has one.</summary>
    public const string Targets = "targets";

    /// <summary>Pairs as in <see cref="Macs"/>, for the link-layer address option of a neighbour solicitation or advertisement.</summary>
    public const string NeighbourOptions = "neighbour_options";

    /// <summary>Pairs as in <see cref="Macs"/>, for the link-layer address option of a router solicitation.</summary>
    public const string RouterOptions = "router_options";

    /// <summary>Pairs of a port and an IPv4 address that its container has on another network, from which it may send too.</summary>
    public const string Others4 = "others4";

    /// <summary>The same by IPv6.</summary>
    public const string Others6 = "others6";

    /// <summary>The Ethernet types of the families with a forwarding guard.</summary>
    public const string Strangers = "strangers";

    /// <summary>Ports without inter-container communication.</summary>
    public const string Closed = "closed";

    /// <summary>The Ethernet addresses of the containers on <see cref="Closed"/> ports.</summary>
    public const string ClosedMacs = "closed_macs";

    /// <summary>Links by IPv4: client, server, protocol, port of the server.</summary>
    public const string Linked4 = "linked4";

    /// <summary>Links by IPv6: client, server, protocol, port of the server.</summary>
    public const string Linked6 = "linked6";
}
