using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>A base chain as the kernel reports it: the hook it is attached to, its priority and its policy.</summary>
/// <param name="Table">The table it is in.</param>
/// <param name="Name">Its name, unique in the table.</param>
/// <param name="Hook">The hook's number; in the IP families a <see cref="NftHook"/>.</param>
/// <param name="Priority">The priority among the chains of the hook; the lowest sees a packet first.</param>
/// <param name="Drops">Whether its policy is drop.</param>
/// <remarks>Wire: struct nfgenmsg, NFTA_CHAIN_*. Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public sealed record NftBaseChainInfo(NftTable Table, string Name, uint Hook, int Priority, bool Drops)
{
    private const ushort ChainTable = 1; // NFTA_CHAIN_TABLE
    private const ushort ChainName = 3; // NFTA_CHAIN_NAME
    private const ushort ChainHook = 4; // NFTA_CHAIN_HOOK
    private const ushort ChainPolicy = 5; // NFTA_CHAIN_POLICY
    private const ushort HookNumber = 1; // NFTA_HOOK_HOOKNUM
    private const ushort HookPriority = 2; // NFTA_HOOK_PRIORITY
    private const uint PolicyDrop = 0; // NF_DROP

    /// <summary>Reads a chain's message; null when the chain is not a base chain.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static NftBaseChainInfo? Decode(ReadOnlySpan<byte> payload)
    {
        NetfilterHeader header = NetfilterHeader.Decode(payload, out AttributeReader attributes);
        string table = "";
        string name = "";
        bool drops = false;
        (uint Number, int Priority)? hook = null;
        foreach (NetlinkAttribute attribute in attributes)
        {
            switch (attribute.Type)
            {
                case ChainTable:
                    table = attribute.AsString();
                    break;
                case ChainName:
                    name = attribute.AsString();
                    break;
                case ChainPolicy:
                    drops = attribute.AsUInt32NetworkOrder() == PolicyDrop;
                    break;
                case ChainHook:
                    hook = DecodeHook(attribute.AsNested());
                    break;
            }
        }

        return hook is { } place
            ? new NftBaseChainInfo(new NftTable(header.Family, table), name, place.Number, place.Priority, drops)
            : null;
    }

    private static (uint Number, int Priority) DecodeHook(AttributeReader attributes)
    {
        uint number = 0;
        int priority = 0;
        foreach (NetlinkAttribute attribute in attributes)
        {
            if (attribute.Type == HookNumber)
            {
                number = attribute.AsUInt32NetworkOrder();
            }
            else if (attribute.Type == HookPriority)
            {
                priority = (int)attribute.AsUInt32NetworkOrder();
            }
        }

        return (number, priority);
    }
}
