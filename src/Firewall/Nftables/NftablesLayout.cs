using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>One table of ours: its sets, its chains and its rules, which look into the sets.</summary>
public sealed class NftablesLayout
{
    internal const string Guard = "guard";
    internal const string Prerouting = "prerouting";
    internal const string Output = "output";
    internal const string Forward = "forward";
    internal const string Postrouting = "postrouting";

    private NftablesLayout(FirewallFamily family)
    {
        bool four = family == FirewallFamily.IPv4;
        NftDataType address = four ? NftDataType.IPv4Address : NftDataType.IPv6Address;
        Family = family;
        Table = new NftTable(four ? NetfilterFamily.IPv4 : NetfilterFamily.IPv6, "netctl");
        NftDataType[] name = [NftDataType.InterfaceName];
        NftDataType[] service = [NftDataType.Protocol, NftDataType.Service];
        NftDataType[] container = [address, NftDataType.Service];
        Sets =
        [
            Set(1, NftablesSets.Bridges, name),
            Set(2, NftablesSets.Internal, name),
            Set(3, NftablesSets.Inside, [.. name, .. name]),
            Set(4, NftablesSets.Masqueraded, name),
            Set(5, NftablesSets.Home, [address, .. name]) with { Interval = true },
            Set(6, NftablesSets.Loopback, [address, .. service]),
            Set(7, NftablesSets.Published, [address, .. service]) with { Data = container },
            Set(8, NftablesSets.PublishedAny, service) with { Data = container },
        ];
        Chains =
        [
            Chain(Guard, "filter", NftHook.Prerouting, -300),
            Chain(Prerouting, "nat", NftHook.Prerouting, -100),
            Chain(Output, "nat", NftHook.Output, -100),
            Chain(Forward, "filter", NftHook.Forward, 0),
            Chain(Postrouting, "nat", NftHook.Postrouting, 100),
        ];
        Rules = NftablesRules.For(family);
    }

    /// <summary>Both tables.</summary>
    public static IReadOnlyList<NftablesLayout> All { get; } = [new(FirewallFamily.IPv4), new(FirewallFamily.IPv6)];

    /// <summary>Which family.</summary>
    public FirewallFamily Family { get; }

    /// <summary><c>ip netctl</c> or <c>ip6 netctl</c>.</summary>
    public NftTable Table { get; }

    /// <summary>Sets and maps.</summary>
    public IReadOnlyList<NftSet> Sets { get; }

    /// <summary>Base chains; all accept what no rule drops.</summary>
    public IReadOnlyList<NftChain> Chains { get; }

    /// <summary>Rules, in order within each chain.</summary>
    public IReadOnlyList<NftablesRule> Rules { get; }

    /// <summary>The table of a family.</summary>
    public static NftablesLayout Of(FirewallFamily family) => All[(int)family];

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
            batch.AddRule(new NftRule(Table, rule.Chain, rule.Expressions, rule.Comment));
        }
    }

    /// <summary>The commands a person would type for the whole table.</summary>
    public IEnumerable<string> ToCommands() =>
    [
        $"nft add table {Table}",
        .. Sets.Select(SetCommand),
        .. Chains.Select(ChainCommand),
        .. Rules.Select(rule => $"nft add rule {Table} {rule.Chain} '{rule.Text} comment \"{rule.Comment}\"'"),
    ];

    private static string SetCommand(NftSet set)
    {
        string type = string.Join(" . ", set.Key.Select(part => part.ToWord()));
        string data = set.Data.Count == 0 ? "" : $" : {string.Join(" . ", set.Data.Select(part => part.ToWord()))}";
        string flags = set.Interval ? " flags interval;" : "";
        return $"nft add {(set.Data.Count == 0 ? "set" : "map")} {set.Table} {set.Name} '{{ type {type}{data};{flags} }}'";
    }

    private static string ChainCommand(NftChain chain)
    {
        string hook = chain.Hook switch
        {
            NftHook.Prerouting => "prerouting",
            NftHook.Output => "output",
            NftHook.Forward => "forward",
            NftHook.Postrouting => "postrouting",
            _ => "input",
        };
        return $"nft add chain {chain.Table} {chain.Name} '{{ type {chain.Type} hook {hook} priority {chain.Priority}; policy accept; }}'";
    }

    private NftSet Set(uint id, string name, NftDataType[] key) => new() { Table = Table, Name = name, Id = id, Key = key };

    private NftChain Chain(string name, string type, NftHook hook, int priority) =>
        new() { Table = Table, Name = name, Type = type, Hook = hook, Priority = priority };
}
