using Net.Netlink.Netfilter;

namespace Net.Netlink.Conntrack;

/// <summary>Selects the tracked connections of a dump by parts of the tuples of their two directions.</summary>
/// <param name="Family">IPv4 or IPv6; or both, Unspecified, without any parts: the kernel takes no filter for both.</param>
/// <param name="Original">The parts of the direction of the first packet that count, those that are not null; null when none do.</param>
/// <param name="Reply">Likewise for the direction of the replies.</param>
/// <remarks>Wire: CTA_TUPLE_ORIG and CTA_TUPLE_REPLY with the values and CTA_FILTER with a mask for each of them of the values that count.
/// Linux 5.8; an older kernel ignores it and returns the whole family, so the caller filters again. Source:
/// net/netfilter/nf_conntrack_netlink.c, ctnetlink_alloc_filter; the bits are in net/netfilter/nf_internals.h.</remarks>
public sealed record ConntrackFilter(NetfilterFamily Family, ConntrackTuple? Original = null, ConntrackTuple? Reply = null)
    : INetlinkMessage
{
    private const ushort OriginalFlags = 1; // CTA_FILTER_ORIG_FLAGS
    private const ushort ReplyFlags = 2; // CTA_FILTER_REPLY_FLAGS
    private const uint AddressSource = 1 << 0; // CTA_FILTER_F_CTA_IP_SRC
    private const uint AddressDestination = 1 << 1; // CTA_FILTER_F_CTA_IP_DST
    private const uint ProtocolNumber = 1 << 3; // CTA_FILTER_F_CTA_PROTO_NUM
    private const uint ProtocolSourcePort = 1 << 4; // CTA_FILTER_F_CTA_PROTO_SRC_PORT
    private const uint ProtocolDestinationPort = 1 << 5; // CTA_FILTER_F_CTA_PROTO_DST_PORT

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        new NetfilterHeader(Family).Encode(writer);
        if (Original is null && Reply is null)
        {
            return;
        }

        Encode(writer, ConntrackAttribute.Original, Original);
        Encode(writer, ConntrackAttribute.Reply, Reply);
        using (writer.Nest((ushort)ConntrackAttribute.Filter))
        {
            writer.UInt32(OriginalFlags, Flags(Original));
            writer.UInt32(ReplyFlags, Flags(Reply));
        }
    }

    private static void Encode(AttributeWriter writer, ConntrackAttribute attribute, ConntrackTuple? tuple)
    {
        if (tuple is not null)
        {
            using NestToken nest = writer.Nest((ushort)attribute);
            tuple.Encode(writer);
        }
    }

    private static uint Flags(ConntrackTuple? tuple) =>
        (tuple?.Source is null ? 0 : AddressSource)
        | (tuple?.Destination is null ? 0 : AddressDestination)
        | (tuple?.Protocol is null ? 0 : ProtocolNumber)
        | (tuple?.SourcePort is null ? 0 : ProtocolSourcePort)
        | (tuple?.DestinationPort is null ? 0 : ProtocolDestinationPort);
}
