namespace Net.Firewall.Nftables;

/// <summary>The sets and maps of our tables: what differs from network to network and from port to port is an element of one of them.</summary>
public static class NftablesSets
{
    /// <summary>Bridges that are not internal.</summary>
    public const string Bridges = "bridges";

    /// <summary>Bridges that nothing enters or leaves.</summary>
    public const string Internal = "internal";

    /// <summary>A bridge and itself, where containers may talk to each other.</summary>
    public const string Inside = "inside";

    /// <summary>Bridges whose packets leave with the host's address.</summary>
    public const string Masqueraded = "masqueraded";

    /// <summary>A subnet and its bridge.</summary>
    public const string Home = "home";

    /// <summary>Ports published on loopback only: address, protocol, port.</summary>
    public const string Loopback = "loopback";

    /// <summary>Ports published on one address, to container address and port.</summary>
    public const string Published = "published";

    /// <summary>Ports published on all local addresses, to container address and port.</summary>
    public const string PublishedAny = "published_any";
}
