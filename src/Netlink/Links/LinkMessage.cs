namespace Net.Netlink.Links;

/// <summary>A link, as carried by RTM_NEWLINK, RTM_SETLINK, RTM_DELLINK and RTM_GETLINK. Null: not in the message.</summary>
/// <remarks>
/// Wire: <c>struct ifinfomsg</c>, then IFLA_* attributes. Source: include/uapi/linux/if_link.h, rtnetlink(7). Attributes this version does
/// not know are kept in <see cref="Unknown"/> and written back unchanged.
/// </remarks>
public sealed record LinkMessage : INetlinkMessage
{
    /// <summary>Family, index and flags. Set <see cref="LinkHeader.Change"/> for the flags that a request is to set.</summary>
    public LinkHeader Header { get; init; }

    /// <summary>The name, at most 15 bytes. In a request with index 0, which link is meant; with an index, the new name.</summary>
    public string? Name { get; init; }

    /// <summary>Link-layer address.</summary>
    public HardwareAddress? Address { get; init; }

    /// <summary>Link-layer broadcast address.</summary>
    public HardwareAddress? Broadcast { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>Index of the lower link, or of the veth peer; in the namespace of <see cref="LinkNamespaceId"/> if that is there.</summary>
    public int? LowerIndex { get; init; }

    /// <summary>Index of the bridge it is a port of; 0 takes it off.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>Transmit queue in packets.</summary>
    public uint? TransmitQueueLength { get; init; }

    /// <summary>What the link can do at the moment; read only.</summary>
    public OperationalState? OperationalState { get; init; }

    /// <summary>Free text of at most 255 bytes (ifalias). Empty takes it away.</summary>
    public string? Alias { get; init; }

    /// <summary>Group number: links of a group can be deleted in one request.</summary>
    public uint? Group { get; init; }

    /// <summary>Process whose network namespace the link is to be in; requests only.</summary>
    public uint? NamespaceProcessId { get; init; }

    /// <summary>Descriptor of the namespace the link is to be in; requests only.</summary>
    public int? NamespaceDescriptor { get; init; }

    /// <summary>The number that this namespace gives to the one where the lower link or peer is; read only.</summary>
    public int? LinkNamespaceId { get; init; }

    /// <summary>Kind and settings: bridge, veth and so on.</summary>
    public LinkInfo? Info { get; init; }

    /// <summary>Settings by address family.</summary>
    public LinkFamilySettings? FamilySettings { get; init; }

    /// <summary>What a get request is to bring beside the usual, RTEXT_FILTER_*; requests only.</summary>
    public uint? ExtendedMask { get; init; }

    /// <summary>Attributes that are not known here.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <summary>Index of the link.</summary>
    public int Index => Header.Index;

    /// <summary>True when it is administratively up.</summary>
    public bool IsUp => (Header.Flags & LinkFlags.Up) != 0;

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer) => LinkCodec.Encode(this, writer);

    /// <summary>Reads what stands after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a link message.</exception>
    public static LinkMessage Decode(ReadOnlySpan<byte> payload) => LinkCodec.Decode(payload, isPeer: false);
}
