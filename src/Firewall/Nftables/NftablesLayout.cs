using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

using Net.Firewall.Nftables.Bridges;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The fixed content of one table of ours: its sets, its chains, and its rules, which look into the sets.</summary>
public sealed class NftablesLayout
{
    private NftablesLayout(
        NftablesTable kind,
        NftTable table,
        Func<NftTable, NftSet[]> sets,
        Func<NftTable, NftChain[]> chains,
        IEnumerable<NftablesRule> rules)
    {
        Kind = kind;
        Table = table;
        Sets = sets(Table);
        Chains = chains(Table);
        Rules = [.. rules];
        Mark = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', ToCommands()))));
    }

    /// <summary>All tables, in the order of <see cref="NftablesTable"/>.</summary>
    public static IReadOnlyList<NftablesLayout> All { get; } =
    [
        Host(NftablesTable.IPv4, FirewallFamily.IPv4, NetfilterFamily.IPv4),
        Host(NftablesTable.IPv6, FirewallFamily.IPv6, NetfilterFamily.IPv6),
        Tracking(NftablesTable.TrackingIPv4, NetfilterFamily.IPv4),
        Tracking(NftablesTable.TrackingIPv6, NetfilterFamily.IPv6),
        new(
            NftablesTable.Bridge, new NftTable(NetfilterFamily.Bridge, "netctl"),
            NftablesBridgeTable.Sets, NftablesBridgeTable.Chains, NftablesBridgeTable.Rules),
    ];

    /// <summary>The table's kind.</summary>
    public NftablesTable Kind { get; }

    /// <summary>The table's family and name, such as <c>ip netctl</c>.</summary>
    public NftTable Table { get; }

    /// <summary>The sets and maps.</summary>
    public IReadOnlyList<NftSet> Sets { get; }

    /// <summary>The base chains; all accept packets that no rule drops.</summary>
    public IReadOnlyList<NftChain> Chains { get; }

    /// <summary>The rules, in order within each chain.</summary>
    public IReadOnlyList<NftablesRule> Rules { get; }

    /// <summary>A digest of the table's sets, chains and rules. Each rule carries it, so that rules of another version of the program, and
    /// rules that were replaced under the same comment, are recognised.</summary>
    public uint Mark { get; }

    /// <summary>The layout of a table.</summary>
    public static NftablesLayout Of(NftablesTable kind) => All[(int)kind];

    /// <summary>Adds the whole table to a transaction.</summary>
    public void AddTo(NetfilterBatch batch)
    {
        batch.AddTable(Table);
        foreach (NftSet set in Sets)
        {
            batch.AddSet(set);
        }

        foreach (NftChain chain in Chains)
        {
            batch.AddChain(chain);
        }

        foreach (NftablesRule rule in Rules)
        {
            batch.AddRule(new NftRule(Table, rule.Chain, rule.Expressions, rule.Comment) { Mark = Mark });
        }
    }

    /// <summary>The nft commands that create the whole table.</summary>
    public IEnumerable<string> ToCommands() =>
    [
        $"nft add table {Table}",
        .. Sets.Select(NftablesCommands.AddSet),
        .. Chains.Select(NftablesCommands.AddChain),
        .. Rules.Select(rule => $"nft add rule {Table} {rule.Chain} '{rule.Text} comment \"{rule.Comment}\"'"),
    ];

    private static NftablesLayout Tracking(NftablesTable kind, NetfilterFamily family) => new(
        kind,
        new NftTable(family, NftablesTrackingTable.Name),
        NftablesTrackingTable.Sets,
        NftablesTrackingTable.Chains,
        NftablesTrackingTable.Rules);

    private static NftablesLayout Host(NftablesTable kind, FirewallFamily family, NetfilterFamily kernel) => new(
        kind,
        new NftTable(kernel, "netctl"),
        table => NftablesHostTable.Sets(table, family),
        NftablesHostTable.Chains,
        [
            .. NftablesTranslationRules.Guards(family),
            .. NftablesTranslationRules.Destination(family),
            .. NftablesForwardRules.For(family),
            .. NftablesTranslationRules.Source(family),
        ]);
}
