namespace Net.Netlink.Links;

/// <summary>Kind and settings of a link (IFLA_LINKINFO).</summary>
public sealed record LinkInfo
{
    /// <summary>"bridge", "veth", "macvlan"; null for a link without a kind, as loopback.</summary>
    public string? Kind { get; init; }

    /// <summary>Settings when the kind is bridge.</summary>
    public BridgeSettings? Bridge { get; init; }

    /// <summary>The other end when the kind is veth; create requests only.</summary>
    public LinkMessage? VethPeer { get; init; }

    /// <summary>Settings of another kind, as they are on the wire.</summary>
    public IReadOnlyList<UnknownAttribute> Data { get; init; } = [];

    /// <summary>The kind of the master; "bridge" goes with <see cref="BridgePort"/>.</summary>
    public string? PortKind { get; init; }

    /// <summary>Settings as a port of a bridge.</summary>
    public BridgePortSettings? BridgePort { get; init; }

    /// <summary>Settings as a port of another master, as they are on the wire.</summary>
    public IReadOnlyList<UnknownAttribute> PortData { get; init; } = [];

    /// <summary>Attributes that are not known here.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];
}
