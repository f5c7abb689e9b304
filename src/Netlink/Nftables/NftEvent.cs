using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>One event of nf_tables, reduced to the table that has changed, or to the end of a transaction and its author.</summary>
/// <param name="Table">The table that has changed; null at the end of a transaction.</param>
/// <param name="End">The author of the transaction that ends here; null for a change within one.</param>
/// <remarks>
/// The kernel sends the changes of a transaction one by one and then its end (NFT_MSG_NEWGEN). Wire: struct nfgenmsg, NFTA_*_TABLE (1 in
/// all objects) or NFTA_GEN_*. Source: include/uapi/linux/netfilter/nf_tables.h, net/netfilter/nf_tables_api.c nf_tables_gen_notify().
/// </remarks>
public sealed record NftEvent(NftTable? Table, NftAuthor? End)
{
    private const ushort ObjectTable = 1; // NFTA_TABLE_NAME, NFTA_CHAIN_TABLE, NFTA_RULE_TABLE and so on
    private const ushort GenerationProcess = 2; // NFTA_GEN_PROC_PID
    private const ushort GenerationName = 3; // NFTA_GEN_PROC_NAME

    /// <summary>Reads an event; null for one of another subsystem than nf_tables.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static NftEvent? Decode(NetlinkReply message)
    {
        if (message.Type >> 8 != (byte)NetfilterSubsystem.Nftables)
        {
            return null;
        }

        NetfilterHeader header = NetfilterHeader.Decode(message.Payload.Span, out AttributeReader attributes);
        return (byte)message.Type == NftOperation.NewGeneration
            ? new NftEvent(null, DecodeAuthor(attributes))
            : new NftEvent(new NftTable(header.Family, DecodeTable(attributes)), null);
    }

    private static string DecodeTable(AttributeReader attributes)
    {
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == ObjectTable)
            {
                return attribute.AsString();
            }
        }

        return "";
    }

    private static NftAuthor DecodeAuthor(AttributeReader attributes)
    {
        uint process = 0;
        string name = "";
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == GenerationProcess)
            {
                process = attribute.AsUInt32NetworkOrder();
            }
            else if (attribute.Type == GenerationName)
            {
                name = attribute.AsString();
            }
        }

        return new NftAuthor((int)process, name);
    }
}
