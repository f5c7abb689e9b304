using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>Reads the table and the name from the message of an object in a table.</summary>
internal static class NftObjectName
{
    /// <summary>Reads both attributes; an attribute that is missing gives an empty text.</summary>
    /// <param name="payload">The message from its struct nfgenmsg on.</param>
    /// <param name="tableAttribute">The number of the attribute with the table's name, which differs between kinds of objects.</param>
    /// <param name="nameAttribute">The number of the attribute with the object's name.</param>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static (NftTable Table, string Name) Decode(ReadOnlySpan<byte> payload, ushort tableAttribute, ushort nameAttribute)
    {
        NetfilterHeader header = NetfilterHeader.Decode(payload, out AttributeReader attributes);
        string table = "";
        string name = "";
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == tableAttribute)
            {
                table = attribute.AsString();
            }
            else if (attribute.Type == nameAttribute)
            {
                name = attribute.AsString();
            }
        }

        return (new NftTable(header.Family, table), name);
    }
}
