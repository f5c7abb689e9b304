using Net.Netlink.Netfilter;

namespace Net.Netlink.Conntrack;

/// <summary>Selects the tracked connections of a dump by the direction of their first packet.</summary>
/// <param name="Family">IPv4 or IPv6; the kernel takes no filter for both.</param>
/// <param name="Protocol">IPPROTO_*.</param>
/// <param name="DestinationPort">The port that the first packet went to; null for any.</param>
/// <remarks>Wire: CTA_TUPLE_ORIG with the values and CTA_FILTER with a mask of the values that count. Linux 5.8; an older kernel ignores it
/// and returns the whole family, so the caller filters again. Source: net/netfilter/nf_conntrack_netlink.c, ctnetlink_alloc_filter; the
/// bits are in net/netfilter/nf_internals.h.</remarks>
public sealed record ConntrackFilter(NetfilterFamily Family, byte Protocol, ushort? DestinationPort = null) : INetlinkMessage
{
    private const ushort OriginalFlags = 1; // CTA_FILTER_ORIG_FLAGS
    private const ushort ReplyFlags = 2; // CTA_FILTER_REPLY_FLAGS
    private const uint ProtocolNumber = 1 << 3; // CTA_FILTER_F_CTA_PROTO_NUM
    private const uint ProtocolDestinationPort = 1 << 5; // CTA_FILTER_F_CTA_PROTO_DST_PORT

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        new NetfilterHeader(Family).Encode(writer);
        using (writer.Nest((ushort)ConntrackAttribute.Original))
        {
            new ConntrackTuple { Protocol = Protocol, DestinationPort = DestinationPort }.Encode(writer);
        }

        using (writer.Nest((ushort)ConntrackAttribute.Filter))
        {
            writer.UInt32(OriginalFlags, ProtocolNumber | (DestinationPort is null ? 0 : ProtocolDestinationPort));
            writer.UInt32(ReplyFlags, 0);
        }
    }
}
