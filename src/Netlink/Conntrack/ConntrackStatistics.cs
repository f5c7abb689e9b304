using Net.Netlink.Netfilter;

namespace Net.Netlink.Conntrack;

/// <summary>The counters of a namespace's tracked connections. A property that is null is not in the message.</summary>
/// <remarks>Wire: <c>struct nfgenmsg</c>, then CTA_STATS_GLOBAL_* attributes. Source:
/// include/uapi/linux/netfilter/nfnetlink_conntrack.h.</remarks>
public sealed record ConntrackStatistics : INetlinkMessage
{
    /// <summary>The header.</summary>
    public NetfilterHeader Header { get; init; }

    /// <summary>How many connections are tracked.</summary>
    public uint? Entries { get; init; }

    /// <summary>Attributes that this version does not know, kept as received.</summary>
    public IReadOnlyList<UnknownAttribute> Unknown { get; init; } = [];

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        Header.Encode(writer);
        if (Entries is { } entries)
        {
            writer.UInt32NetworkOrder((ushort)ConntrackStatisticsAttribute.Entries, entries);
        }

        writer.Unknown(Unknown);
    }

    /// <summary>Reads the payload of a message, the bytes after struct nlmsghdr.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are no such message.</exception>
    public static ConntrackStatistics Decode(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader header = NetfilterHeader.Decode(payload, out AttributeReader attributes);
        uint? entries = null;
        var unknown = new List<UnknownAttribute>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == (ushort)ConntrackStatisticsAttribute.Entries)
            {
                entries = attribute.AsUInt32NetworkOrder();
            }
            else
            {
                unknown.Add(attribute.ToUnknown());
            }
        }

        return new ConntrackStatistics { Header = header, Entries = entries, Unknown = unknown };
    }
}
