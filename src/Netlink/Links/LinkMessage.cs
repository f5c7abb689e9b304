namespace Net.Netlink.Links;

/// <summary>A link, as carried by RTM_NEWLINK, RTM_SETLINK, RTM_DELLINK and RTM_GETLINK. A property that is null is not in the
/// message.</summary>
/// <remarks>
/// Wire: <c>struct ifinfomsg</c>, then IFLA_* attributes. Source: include/uapi/linux/if_link.h, rtnetlink(7). Attributes this version does
/// not know are kept in <see cref="Unknown"/> and written back unchanged.
/// </remarks>
public sealed record LinkMessage : INetlinkMessage
{
    /// <summary>Family, index and flags. Set <see cref="LinkHeader.Change"/> for the flags that a request is to set.</summary>
    public LinkHeader Header { get; init; }

    /// <summary>The name, at most 15 bytes. In a request with index 0 it selects the link; with an index it is the new name.</summary>
    public string? Name { get; init; }

    /// <summary>Link-layer address.</summary>
    public HardwareAddress? Address { get; init; }

    /// <summary>Link-layer broadcast address.</summary>
    public HardwareAddress? Broadcast { get; init; }

    /// <summary>Largest packet in bytes.</summary>
    public uint? Mtu { get; init; }

    /// <summary>The index of the lower link or of the veth peer; it counts in the namespace of <see cref="LinkNamespaceId"/> when that is
    /// present.</summary>
    public int? LowerIndex { get; init; }

    /// <summary>The index of the bridge that the link is a port of; 0 removes it from its bridge.</summary>
    public int? MasterIndex { get; init; }

    /// <summary>The length of the transmit queue in packets.</summary>
    public uint? TransmitQueueLength { get; init; }

    /// <summary>The operational state; read only.</summary>
    public OperationalState? OperationalState { get; init; }

    /// <summary>Free text of at most 255 bytes (ifalias); an empty text removes it.</summary>
    public string? Alias { get; init; }

    /// <summary>The group number: links of a group can be deleted in one request.</summary>
    public uint? Group { get; init; }

    /// <summary>The process whose network namespace the link moves to; only in requests.</summary>
    public uint? NamespaceProcessId { get; init; }

    /// <summary>The descriptor of the namespace the link moves to; only in requests.</summary>
    public int? NamespaceDescriptor { get; init; }

    /// <summary>The number that this namespace gives to the namespace of the lower link or peer; read only.</summary>
    public int? LinkNamespaceId { get; init; }

    /// <summary>Kind and settings: bridge, veth and so on.</summary>
    public LinkInfo? Info { get; init; }

    /// <summary>The settings for each address family.</summary>
    public LinkFamilySettings? FamilySettings { get; init; }

    /// <summary>The additional data that a get request asks for, RTEXT_FILTER_*; only in requests.</summary>
    public uint? ExtendedMask { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <summary>Index of the link.</summary>
    public int Index => Header.Index;

    /// <summary>Whether the link is administratively up (IFF_UP).</summary>
    public bool IsUp => (Header.Flags & LinkFlags.Up) != 0;

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer) => LinkCodec.Encode(this, writer);

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a link message.</exception>
    public static LinkMessage Decode(ReadOnlySpan<byte> payload) => LinkCodec.Decode(payload, isPeer: false);

    /// <summary>As <see cref="Decode(ReadOnlySpan{byte})"/>, without the attributes that this version does not know: nobody asks for them
    /// who only compares.</summary>
    public static LinkMessage DecodeKnown(ReadOnlySpan<byte> payload) => LinkCodec.Decode(payload, isPeer: false, dropsUnknown: true);
}
