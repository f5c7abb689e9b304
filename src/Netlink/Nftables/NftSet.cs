using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>A set of keys, or a map from keys to values.</summary>
/// <remarks>Wire: struct nfgenmsg, NFTA_SET_*. Source: include/uapi/linux/netfilter/nf_tables.h; for the user data, from which nft takes
/// the byte order, libnftnl include/libnftnl/udata.h.</remarks>
public sealed record NftSet : INetlinkMessage
{
    private const ushort SetTable = 1; // NFTA_SET_TABLE
    private const ushort SetName = 2; // NFTA_SET_NAME
    private const ushort SetFlags = 3; // NFTA_SET_FLAGS
    private const ushort SetKeyType = 4; // NFTA_SET_KEY_TYPE
    private const ushort SetKeyLength = 5; // NFTA_SET_KEY_LEN
    private const ushort SetDataType = 6; // NFTA_SET_DATA_TYPE
    private const ushort SetDataLength = 7; // NFTA_SET_DATA_LEN
    private const ushort SetDescription = 9; // NFTA_SET_DESC
    private const ushort SetId = 10; // NFTA_SET_ID
    private const ushort SetUserData = 13; // NFTA_SET_USERDATA
    private const ushort SetExpression = 17; // NFTA_SET_EXPR
    private const ushort DescriptionConcatenation = 2; // NFTA_SET_DESC_CONCAT
    private const ushort ListElement = 1; // NFTA_LIST_ELEM
    private const ushort FieldLength = 1; // NFTA_SET_FIELD_LEN
    private const uint FlagInterval = 0x4; // NFT_SET_INTERVAL
    private const uint FlagMap = 0x8; // NFT_SET_MAP
    private const uint FlagConcatenation = 0x80; // NFT_SET_CONCAT

    /// <summary>The table it is in.</summary>
    public required NftTable Table { get; init; }

    /// <summary>Its name, unique in the table.</summary>
    public required string Name { get; init; }

    /// <summary>A number that no other new set of the transaction has.</summary>
    public required uint Id { get; init; }

    /// <summary>The parts of the key, one or more.</summary>
    public required IReadOnlyList<NftDataType> Key { get; init; }

    /// <summary>The parts of the value; empty for a set.</summary>
    public IReadOnlyList<NftDataType> Data { get; init; } = [];

    /// <summary>Whether each part of a key is a range. Only with a key of several parts (kernel 5.6).</summary>
    public bool Interval { get; init; }

    /// <summary>Whether each element counts the packets that match it (kernel 5.7).</summary>
    public bool Counter { get; init; }

    /// <summary>For a key whose last part is an integer: the offset of that part in the transport header, in bytes. The first part of such
    /// a key is the name of the interface that a packet came in by.</summary>
    public int? TransportOffset { get; init; }

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        uint flags = (Interval ? FlagInterval | FlagConcatenation : 0) | (Data.Count > 0 ? FlagMap : 0);
        new NetfilterHeader(Table.Family).Encode(writer);
        writer.String(SetTable, Table.Name);
        writer.String(SetName, Name);
        writer.UInt32NetworkOrder(SetFlags, flags);
        writer.UInt32NetworkOrder(SetKeyType, NftDataTypes.Number(Key));
        writer.UInt32NetworkOrder(SetKeyLength, (uint)NftDataTypes.Length(Key));
        if (Data.Count > 0)
        {
            writer.UInt32NetworkOrder(SetDataType, NftDataTypes.Number(Data));
            writer.UInt32NetworkOrder(SetDataLength, (uint)NftDataTypes.Length(Data));
        }

        writer.UInt32NetworkOrder(SetId, Id);
        if (Interval)
        {
            EncodeFields(writer);
        }

        writer.Write(SetUserData, NftSetUserData.Of(this));
        if (Counter)
        {
            using (writer.Nest(SetExpression))
            {
                NftCounter.EncodeNew(writer);
            }
        }
    }

    /// <summary>Reads the table and the name of a set's message.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static (NftTable Table, string Name) DecodeName(ReadOnlySpan<byte> payload) =>
        NftObjectName.Decode(payload, SetTable, SetName);

    private void EncodeFields(AttributeWriter writer)
    {
        using (writer.Nest(SetDescription))
        using (writer.Nest(DescriptionConcatenation))
        {
            foreach (NftDataType part in Key)
            {
                using (writer.Nest(ListElement))
                {
                    writer.UInt32NetworkOrder(FieldLength, (uint)part.Length());
                }
            }
        }
    }
}
