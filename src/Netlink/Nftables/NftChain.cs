using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>A base chain: rules that run at a netfilter hook. Its policy is accept, the kernel's default for a new chain, which this
/// library never changes.</summary>
/// <remarks>Wire: struct nfgenmsg, NFTA_CHAIN_*. Source: include/uapi/linux/netfilter/nf_tables.h.</remarks>
public sealed record NftChain : INetlinkMessage
{
    private const ushort ChainTable = 1; // NFTA_CHAIN_TABLE
    private const ushort ChainName = 3; // NFTA_CHAIN_NAME
    private const ushort ChainHook = 4; // NFTA_CHAIN_HOOK
    private const ushort ChainType = 7; // NFTA_CHAIN_TYPE
    private const ushort ChainUserData = 12; // NFTA_CHAIN_USERDATA
    private const ushort HookNumber = 1; // NFTA_HOOK_HOOKNUM
    private const ushort HookPriority = 2; // NFTA_HOOK_PRIORITY

    /// <summary>The table it is in.</summary>
    public required NftTable Table { get; init; }

    /// <summary>Its name, unique in the table.</summary>
    public required string Name { get; init; }

    /// <summary><c>filter</c>, <c>nat</c> or <c>route</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The hook it is attached to.</summary>
    public required NftHook Hook { get; init; }

    /// <summary>The priority among the chains of the hook; the lowest sees a packet first.</summary>
    public required int Priority { get; init; }

    /// <summary>The comment that nft shows; null for none (kernel 5.10).</summary>
    public string? Comment { get; init; }

    /// <inheritdoc/>
    public void Encode(AttributeWriter writer)
    {
        new NetfilterHeader(Table.Family).Encode(writer);
        writer.String(ChainTable, Table.Name);
        writer.String(ChainName, Name);
        writer.String(ChainType, Type);
        using (writer.Nest(ChainHook))
        {
            writer.UInt32NetworkOrder(HookNumber, (uint)Hook);
            writer.UInt32NetworkOrder(HookPriority, (uint)Priority);
        }

        if (Comment is not null)
        {
            writer.Write(ChainUserData, NftComment.Encode(Comment));
        }
    }

    /// <summary>Reads the table and the name of a chain's message.</summary>
    /// <exception cref="NetlinkFormatException">The bytes are not a netfilter message.</exception>
    public static (NftTable Table, string Name) DecodeName(ReadOnlySpan<byte> payload) =>
        NftObjectName.Decode(payload, ChainTable, ChainName);
}
