using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>Elements to add to one set or to delete from it.</summary>
/// <param name="Table">The table.</param>
/// <param name="Set">The set's name.</param>
/// <param name="Elements">The elements, at most some hundred, since a message holds 64 KiB of them. Empty in a request for all.</param>
/// <remarks>Wire: struct nfgenmsg, NFTA_SET_ELEM_LIST_*. Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public sealed record NftElements(NftTable Table, string Set, IReadOnlyList<NftElement> Elements) : INetlinkMessage
{
    private const ushort ListTable = 1; // NFTA_SET_ELEM_LIST_TABLE
    private const ushort ListSet = 2; // NFTA_SET_ELEM_LIST_SET
    private const ushort ListElements = 3; // NFTA_SET_ELEM_LIST_ELEMENTS
    private const ushort ListElement = 1; // NFTA_LIST_ELEM

    private delegate T ElementDecoder<T>(AttributeReader attributes);

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        new NetfilterHeader(Table.Family).Encode(writer);
        writer.String(ListTable, Table.Name);
        writer.String(ListSet, Set);
        if (Elements.Count == 0)
        {
            return;
        }

        using (writer.Nest(ListElements))
        {
            foreach (NftElement element in Elements)
            {
                using (writer.Nest(ListElement))
                {
                    element.Encode(writer);
                }
            }
        }
    }

    /// <summary>Reads the elements of one message of a dump.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static IReadOnlyList<NftElement> Decode(ReadOnlySpan<byte> payload) => Decode(payload, NftElement.Decode);

    /// <summary>Reads the elements of one message of a dump that have a counter, and its values.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static IReadOnlyList<NftCountedElement> DecodeCounted(ReadOnlySpan<byte> payload) =>
        [.. Decode(payload, NftCountedElement.Decode).OfType<NftCountedElement>()];

    /// <summary>Reads the keys of one message of a dump.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static IReadOnlyList<NftListedKey> DecodeKeys(ReadOnlySpan<byte> payload) => Decode(payload, NftListedKey.Decode);

    private static List<T> Decode<T>(ReadOnlySpan<byte> payload, ElementDecoder<T> decode)
    {
        NetfilterHeader.Decode(payload, out AttributeReader attributes);
        var elements = new List<T>();
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == ListElements)
            {
                foreach (NetlinkAttribute element in attribute.AsNested())
                {
                    elements.Add(decode(element.AsNested()));
                }
            }
        }

        return elements;
    }
}
