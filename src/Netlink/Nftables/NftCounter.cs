namespace Net.Netlink.Nftables;

/// <summary>The values of an element's counter.</summary>
/// <param name="Packets">The number of packets.</param>
/// <param name="Bytes">The number of bytes of these packets, counted from the network header on.</param>
/// <remarks>Wire: NFTA_EXPR_NAME, NFTA_EXPR_DATA with NFTA_COUNTER_*. Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public readonly record struct NftCounter(ulong Packets, ulong Bytes)
{
    private const ushort ExpressionName = 1; // NFTA_EXPR_NAME
    private const ushort ExpressionData = 2; // NFTA_EXPR_DATA
    private const ushort CounterBytes = 1; // NFTA_COUNTER_BYTES
    private const ushort CounterPackets = 2; // NFTA_COUNTER_PACKETS
    private const string Name = "counter";

    /// <summary>Writes a counter that starts at zero.</summary>
    internal static void EncodeNew(AttributeWriter writer)
    {
        writer.String(ExpressionName, Name);
        using (writer.Nest(ExpressionData))
        {
            // No attributes: the counter starts at zero.
        }
    }

    /// <summary>Reads the attributes of an expression; null when it is not a counter.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not attributes.</exception>
    internal static NftCounter? Decode(AttributeReader expression)
    {
        bool counts = false;
        NftCounter counter = default;
        foreach (NetlinkAttribute attribute in expression)
        {
            if (attribute.Type == ExpressionName)
            {
                counts = attribute.AsString() == Name;
            }
            else if (attribute.Type == ExpressionData)
            {
                counter = DecodeData(attribute.AsNested());
            }
        }

        return counts ? counter : null;
    }

    private static NftCounter DecodeData(AttributeReader data)
    {
        NftCounter counter = default;
        foreach (NetlinkAttribute attribute in data)
        {
            counter = attribute.Type switch
            {
                CounterBytes => counter with { Bytes = attribute.AsUInt64NetworkOrder() },
                CounterPackets => counter with { Packets = attribute.AsUInt64NetworkOrder() },
                _ => counter,
            };
        }

        return counter;
    }
}
