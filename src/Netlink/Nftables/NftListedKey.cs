namespace Net.Netlink.Nftables;

/// <summary>The key of an element of a set of any program's.</summary>
/// <param name="Key">The bytes of the key.</param>
/// <param name="EndsInterval">Whether it is the first key after an interval, in a set of intervals: the key before it begins the
/// interval.</param>
/// <param name="HasRange">Whether the element is a range with a last key of its own, as in sets of several parts.</param>
public sealed record NftListedKey(ReadOnlyMemory<byte> Key, bool EndsInterval, bool HasRange)
{
    private const ushort ElementKey = 1; // NFTA_SET_ELEM_KEY
    private const ushort ElementData = 2; // NFTA_SET_ELEM_DATA
    private const ushort ElementFlags = 3; // NFTA_SET_ELEM_FLAGS
    private const ushort ElementKeyEnd = 10; // NFTA_SET_ELEM_KEY_END
    private const ushort DataValue = 1; // NFTA_DATA_VALUE
    private const ushort DataVerdict = 2; // NFTA_DATA_VERDICT
    private const ushort VerdictCode = 1; // NFTA_VERDICT_CODE
    private const ushort VerdictChain = 2; // NFTA_VERDICT_CHAIN
    private const uint IntervalEnd = 1; // NFT_SET_ELEM_INTERVAL_END

    /// <summary>The verdict that a map of verdicts has for the key: its number, which is that of the expression immediate, and the chain
    /// that it leads to. Null in a set.</summary>
    public (int Code, string? Chain)? Verdict { get; init; }

    /// <summary>Reads the attributes of one element.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not attributes.</exception>
    public static NftListedKey Decode(AttributeReader attributes)
    {
        byte[] key = [];
        bool ends = false;
        bool range = false;
        (int Code, string? Chain)? verdict = null;
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch (attribute.Type)
            {
                case ElementKey:
                    foreach (NetlinkAttribute value in attribute.AsNested())
                    {
                        key = value.Type == DataValue ? value.Value.ToArray() : key;
                    }

                    break;
                case ElementData:
                    verdict = DecodeVerdict(attribute.AsNested());
                    break;
                case ElementFlags:
                    ends = (attribute.AsUInt32NetworkOrder() & IntervalEnd) != 0;
                    break;
                case ElementKeyEnd:
                    range = true;
                    break;
            }
        }

        return new NftListedKey(key, ends, range) { Verdict = verdict };
    }

    private static (int Code, string? Chain)? DecodeVerdict(AttributeReader data)
    {
        foreach (NetlinkAttribute attribute in data)
        {
            if (attribute.Type != DataVerdict)
            {
                continue;
            }

            int code = 0;
            string? chain = null;
            foreach (NetlinkAttribute part in attribute.AsNested())
            {
                code = part.Type == VerdictCode ? (int)part.AsUInt32NetworkOrder() : code;
                chain = part.Type == VerdictChain ? part.AsString() : chain;
            }

            return (code, chain);
        }

        return null;
    }
}
