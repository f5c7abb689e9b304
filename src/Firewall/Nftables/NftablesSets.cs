namespace Net.Firewall.Nftables;

/// <summary>The sets and maps of the tables <c>ip</c> and <c>ip6</c>: what differs from network to network and from port to port is an
/// element of one of them.</summary>
public static class NftablesSets
{
    /// <summary>Bridges that are not internal.</summary>
    public const string Bridges = "bridges";

    /// <summary>Bridges that nothing enters or leaves.</summary>
    public const string Internal = "internal";

    /// <summary>A bridge and itself, where containers may talk to each other.</summary>
    public const string Inside = "inside";

    /// <summary>A bridge and itself, where they may not.</summary>
    public const string Closed = "closed";

    /// <summary>Links within a closed bridge: bridge, client, server, protocol, port.</summary>
    public const string Linked = "linked";

    /// <summary>Bridges all of whose ports can be reached by routing to them.</summary>
    public const string Unprotected = "unprotected";

    /// <summary>Bridges without address translation.</summary>
    public const string Routed = "routed";

    /// <summary>Links of the host, and the bridge that they may reach all of.</summary>
    public const string Trusted = "trusted";

    /// <summary>Ports reached by the container's own address: bridge, address, protocol, port.</summary>
    public const string Open = "open";

    /// <summary>The same for runs of ports.</summary>
    public const string OpenRanges = "open_ranges";

    /// <summary>Bridges whose packets leave with the address of the link they leave by.</summary>
    public const string Masqueraded = "masqueraded";

    /// <summary>Bridges whose packets leave with an address that was asked for.</summary>
    public const string Sources = "sources";

    /// <summary>A subnet and its bridge.</summary>
    public const string Home = "home";

    /// <summary>The table's own family, where packets that touch no bridge of ours are not forwarded.</summary>
    public const string Strangers = "strangers";

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
