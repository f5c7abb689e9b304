namespace Net.Netlink.Links;

/// <summary>The settings of a link of kind veth, which are sent at its creation only.</summary>
public sealed record VethSettings : LinkData
{
    /// <summary>The kind (IFLA_INFO_KIND).</summary>
    public const string Kind = "veth";

    private const ushort PeerAttribute = 1; // VETH_INFO_PEER, include/uapi/linux/veth.h

    /// <summary>The other end; its <see cref="LinkMessage.NamespaceDescriptor"/> puts it into another namespace at once.</summary>
    public LinkMessage? Peer { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    internal override LinkMessage? OtherEnd => Peer;

    internal static VethSettings Decode(AttributeReader data)
    {
        LinkMessage? peer = null;
        var rest = new List<UnknownAttribute>();
        foreach (NetlinkAttribute item in data)
        {
            if (item.Type == PeerAttribute)
            {
                peer = LinkCodec.Decode(item.Value, isPeer: true);
            }
            else
            {
                item.KeepIn(rest);
            }
        }

        return new VethSettings { Peer = peer, Unknown = rest };
    }

    internal override void Encode(AttributeWriter writer)
    {
        if (Peer is { } peer)
        {
            using NestToken nest = writer.Nest(PeerAttribute);
            peer.Encode(writer);
        }

        writer.Unknown(Unknown);
    }
}
