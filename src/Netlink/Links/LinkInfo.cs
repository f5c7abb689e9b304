namespace Net.Netlink.Links;

/// <summary>Kind and settings of a link (IFLA_LINKINFO).</summary>
public sealed record LinkInfo
{
    /// <summary>The kind, such as "bridge", "veth" or "macvlan"; null for a link without a kind, such as loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>The settings of the link, as its kind has them: <see cref="BridgeSettings"/>, <see cref="VethSettings"/> and so on. Null
    /// when the message has none.</summary>
    public LinkData? Data { get; init; }

    /// <summary>The kind of the link's master; "bridge" goes with <see cref="BridgePortSettings"/>.</summary>
    public string? PortKind { get; init; }

    /// <summary>The settings of the link as a port of its master; null when the message has none.</summary>
    public LinkData? PortData { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];
}
