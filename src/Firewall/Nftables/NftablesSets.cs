namespace Net.Firewall.Nftables;

/// <summary>The names of the sets and maps of the tables <c>ip</c> and <c>ip6</c>. What differs between networks and ports is an element of
/// one of them.</summary>
public static class NftablesSets
{
    /// <summary>Bridges that are not internal.</summary>
    public const string Bridges = "bridges";

    /// <summary>Bridges that nothing enters or leaves.</summary>
    public const string Internal = "internal";

    /// <summary>Pairs of a bridge and itself, for networks with inter-container communication.</summary>
    public const string Inside = "inside";

    /// <summary>Pairs of a bridge and itself, for networks without inter-container communication.</summary>
    public const string Closed = "closed";

    /// <summary>Links between containers of a network without inter-container communication: bridge, client, server, protocol,
    /// port.</summary>
    public const string Linked = "linked";

    /// <summary>Bridges whose containers are reachable from outside on all ports of their own addresses.</summary>
    public const string Unprotected = "unprotected";

    /// <summary>Bridges without address translation.</summary>
    public const string Routed = "routed";

    /// <summary>Pairs of a link of the host and a bridge whose containers may be reached from it on all ports.</summary>
    public const string Trusted = "trusted";

    /// <summary>Ports that are open on the container's own address: bridge, address, protocol, port.</summary>
    public const string Open = "open";

    /// <summary>The same for runs of ports.</summary>
    public const string OpenRanges = "open_ranges";

    /// <summary>Bridges whose packets leave with the address of the link they leave by.</summary>
    public const string Masqueraded = "masqueraded";

    /// <summary>Bridges whose packets leave with a configured source address, and that address.</summary>
    public const string Sources = "sources";

    /// <summary>Pairs of a subnet and its bridge.</summary>
    public const string Home = "home";

    /// <summary>Pairs of a subnet and the address of a container that is on that subnet too, by another network.</summary>
    public const string Hairpins = "hairpins";

    /// <summary>Has the table's own family as its element where packets that touch no bridge of ours must not be forwarded.</summary>
    public const string Strangers = "strangers";

    /// <summary>Bridges of other programs that connect containers and virtual machines only.</summary>
    public const string Guests = "guests";

    /// <summary>Ports published on loopback only: address, protocol, port.</summary>
    public const string Loopback = "loopback";

    /// <summary>The same for runs of ports.</summary>
    public const string LoopbackRanges = "loopback_ranges";

    /// <summary>Ports published on one address, to container address and port.</summary>
    public const string Published = "published";

    /// <summary>Runs of ports published on one address under the same numbers, to the container address.</summary>
    public const string PublishedRanges = "published_ranges";

    /// <summary>Ports published on all local addresses, to container address and port.</summary>
    public const string PublishedAny = "published_any";

    /// <summary>Runs of ports published on all local addresses under the same numbers, to the container address.</summary>
    public const string PublishedAnyRanges = "published_any_ranges";
}
