namespace Net.Netlink.Links;

/// <summary>Kind and settings of a link (IFLA_LINKINFO).</summary>
public sealed record LinkInfo
{
    /// <summary>The kind, such as "bridge", "veth" or "macvlan"; null for a link without a kind, such as loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>The settings of a link of kind bridge.</summary>
    public BridgeSettings? Bridge { get; init; }

    /// <summary>The other end of a link of kind veth; only in create requests.</summary>
    public LinkMessage? VethPeer { get; init; }

    /// <summary>The settings of a link of another kind, as they are on the wire.</summary>
    public IReadOnlyList<UnknownAttribute> Data { get; init; } = [];

    /// <summary>The kind of the link's master; "bridge" goes with <see cref="BridgePort"/>.</summary>
    public string? PortKind { get; init; }

    /// <summary>The settings of the link as a port of a bridge.</summary>
    public BridgePortSettings? BridgePort { get; init; }

    /// <summary>The settings of the link as a port of another kind of master, as they are on the wire.</summary>
    public IReadOnlyList<UnknownAttribute> PortData { get; init; } = [];

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];
}
