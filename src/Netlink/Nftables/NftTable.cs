using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>A table, identified by family and name.</summary>
/// <param name="Family">The family of the packets that it sees.</param>
/// <param name="Name">Its name, unique in the family.</param>
/// <remarks>Wire: struct nfgenmsg, NFTA_TABLE_*. Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public sealed record NftTable(NetfilterFamily Family, string Name) : INetlinkMessage
{
    private const ushort TableName = 1; // NFTA_TABLE_NAME
    private const ushort TableFlags = 2; // NFTA_TABLE_FLAGS
    private const uint Dormant = 1; // NFT_TABLE_F_DORMANT

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        new NetfilterHeader(Family).Encode(writer);
        writer.String(TableName, Name);
    }

    /// <summary>Reads a table's message.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static NftTable Decode(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader header = NetfilterHeader.Decode(payload, out AttributeReader attributes);
        string name = "";
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == TableName)
            {
                name = attribute.AsString();
            }
        }

        return new NftTable(header.Family, name);
    }

    /// <summary>Reads from a table's message whether the table is dormant: it exists, and no packet passes its chains.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static bool DecodeDormant(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader.Decode(payload, out AttributeReader attributes);
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == TableFlags)
            {
                return (attribute.AsUInt32NetworkOrder() & Dormant) != 0;
            }
        }

        return false;
    }

    /// <summary>The table as nft writes it: <c>ip netctl</c>.</summary>
    public override string ToString() => $"{Word} {Name}";

    private string Word => Family switch
    {
        NetfilterFamily.Inet => "inet",
        NetfilterFamily.IPv4 => "ip",
        NetfilterFamily.IPv6 => "ip6",
        NetfilterFamily.Arp => "arp",
        NetfilterFamily.Bridge => "bridge",
        NetfilterFamily.NetDevice => "netdev",
        _ => $"family {(byte)Family}",
    };
}
