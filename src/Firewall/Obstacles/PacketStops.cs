using Net.Cnm.Findings;
using Net.Firewall.Iptables;
using Net.Firewall.Obstacles.Walks;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Links;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles;

/// <summary>Finds the rules of other programs that take packets which our rules let through, by taking each packet through the rules as the
/// kernel would. A rule with a condition that is not understood, or that depends on what is not known of the packet, decides
/// nothing.</summary>
/// <remarks>Looks through nf_tables, those of iptables-nft included; the rules of iptables-legacy are not looked through. Chains whose
/// policy or last rule stops every forwarded packet are <see cref="ForwardObstacles"/>' to name.</remarks>
public static class PacketStops
{
    private const int TranslationPriority = -100; // NF_IP_PRI_NAT_DST

    private static readonly NftHook[] Hooks = [NftHook.Prerouting, NftHook.Forward, NftHook.Postrouting];

    /// <summary>The packets that are taken, beside rules of ours in nf_tables tables of our own.</summary>
    public static IReadOnlyList<StoppedPacket> BesideNftables(IReadOnlyCollection<SamplePacket> packets) => Find(packets, _ => true);

    /// <summary>The packets that are taken, beside rules of ours in the tables of iptables.</summary>
    public static IReadOnlyList<StoppedPacket> BesideIptables(IReadOnlyCollection<SamplePacket> packets) =>
        Find(packets, table => !IsOfIptables(table));

    private static IReadOnlyList<StoppedPacket> Find(IReadOnlyCollection<SamplePacket> packets, Predicate<NftTable> isNamedAsObstacle)
    {
        if (packets.Count == 0)
        {
            return [];
        }

        try
        {
            using NetlinkConnection connection = NetlinkConnection.Open(NetlinkProtocol.Netfilter);
            var search = new Search(connection, isNamedAsObstacle);
            return [.. packets.Where(IsSeen).Select(search.Find).OfType<StoppedPacket>()];
        }
        catch (Exception error) when (error is LinuxException or NetlinkException or NetlinkFormatException)
        {
            return []; // no nf_tables in this kernel
        }
    }

    private static bool IsSeen(SamplePacket packet) => !packet.IsBridged || BridgedFrames.PassRules(packet.IsIPv6);

    private static bool IsOfIptables(NftTable table) =>
        table is { Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6, Name: "filter" or "nat" or "mangle" or "raw" or "security" };

    private static bool IsOurs(NftTable table) => table.Name == "netctl" || table.Name.StartsWith("netctl-", StringComparison.Ordinal);

    /// <summary>One look through the rules, each table read at its first use.</summary>
    private sealed class Search
    {
        private readonly NetlinkConnection _connection;
        private readonly Predicate<NftTable> _isNamedAsObstacle;
        private readonly NftBaseChainInfo[] _chains;
        private readonly Dictionary<string, int> _links;
        private readonly Dictionary<NftTable, ILookup<string, NftListedRule>> _rules = [];
        private readonly Dictionary<(NftTable Table, string Set), IReadOnlyList<NftListedKey>> _keys = [];

        public Search(NetlinkConnection connection, Predicate<NftTable> isNamedAsObstacle)
        {
            _connection = connection;
            _isNamedAsObstacle = isNamedAsObstacle;
            _chains =
            [
                .. connection.ListBaseChains()
                    .Where(chain => chain.Table.Family is NetfilterFamily.IPv4 or NetfilterFamily.IPv6 or NetfilterFamily.Inet
                        && !IsOurs(chain.Table))
                    .OrderBy(chain => chain.Priority),
            ];
            using NetlinkConnection route = NetlinkConnection.Open(NetlinkProtocol.Route);
            _links = route.DumpLinks().ToDictionary(link => link.Name!, link => link.Index, StringComparer.Ordinal);
        }

        public StoppedPacket? Find(SamplePacket packet) => Hooks
            .SelectMany(hook => _chains.Where(chain => chain.Hook == (uint)hook && IsFor(chain.Table, packet)))
            .Select(chain => Find(packet, chain))
            .FirstOrDefault(found => found is not null);

        private static bool IsFor(NftTable table, SamplePacket packet) =>
            table.Family != (packet.IsIPv6 ? NetfilterFamily.IPv4 : NetfilterFamily.IPv6);

        private StoppedPacket? Find(SamplePacket packet, NftBaseChainInfo chain)
        {
            var hook = (NftHook)chain.Hook;
            var there = new PacketAtHook(packet, hook, chain.Priority, _links);
            WalkEnd end = new ChainWalk(Rules(chain.Table), () => new RuleEvaluation(there, chain.Table, Keys)).Run(chain.Name);
            bool isNamed = hook == NftHook.Forward && _isNamedAsObstacle(chain.Table);
            return end switch
            {
                { Verdict: RuleVerdict.Drop, Rule: { } rule } when !(isNamed && end.IsForAll && rule.Chain == chain.Name) =>
                    Stopped(packet, rule, end.Place, "drops"),
                { Verdict: RuleVerdict.Translate, Rule: { } rule } when hook == NftHook.Prerouting && packet.IsTranslated
                    && (chain.Priority < TranslationPriority || IsOfIptables(chain.Table)) && IsBeforeOurs(chain) =>
                    Stopped(packet, rule, end.Place, "sends elsewhere"),
                { Verdict: RuleVerdict.Return } when chain.Drops && !isNamed => ByPolicy(packet, chain),
                _ => null,
            };
        }

        // In the chain that our jump is in, what is found stands before the jump. Of two chains of the same priority the first made is
        // first, which is not shown.
        private bool IsBeforeOurs(NftBaseChainInfo chain) => chain.Priority < TranslationPriority
            || Rules(chain.Table)[chain.Name].Any(rule => rule.Expressions.Any(LeadsToOurs));

        private static bool LeadsToOurs(NftListedExpression expression) =>
            expression.Name == "immediate" && expression.Text(2, 2, 2) == IptablesLayout.Main; // NFTA_IMMEDIATE_DATA, verdict, chain

        private ILookup<string, NftListedRule> Rules(NftTable table)
        {
            if (!_rules.TryGetValue(table, out ILookup<string, NftListedRule>? rules))
            {
                rules = (_connection.IsDormant(table) ? [] : _connection.ListWholeRules(table)).ToLookup(rule => rule.Chain);
                _rules.Add(table, rules);
            }

            return rules;
        }

        private IReadOnlyList<NftListedKey> Keys(NftTable table, string set)
        {
            if (!_keys.TryGetValue((table, set), out IReadOnlyList<NftListedKey>? keys))
            {
                keys = _connection.ListKeys(table, set);
                _keys.Add((table, set), keys);
            }

            return keys;
        }
    }

    private static StoppedPacket Stopped(SamplePacket packet, NftListedRule rule, int place, string what)
    {
        if (IsOfIptables(rule.Table))
        {
            string program = Program(rule.Table);
            return new StoppedPacket(
                packet,
                $"rule {place} of the chain {rule.Chain} in the table {rule.Table.Name} of {program.Split(' ')[0]} {what}",
                $"{program} -nvL {rule.Chain} {place}",
                $"{program} -D {rule.Chain} {place}",
                place);
        }

        return new StoppedPacket(
            packet,
            $"the rule with handle {rule.Handle} in the chain {rule.Chain} of nftables table {rule.Table} {what}",
            $"nft -a list chain {rule.Table} {rule.Chain}",
            $"nft delete rule {rule.Table} {rule.Chain} handle {rule.Handle}");
    }

    private static StoppedPacket ByPolicy(SamplePacket packet, NftBaseChainInfo chain) => IsOfIptables(chain.Table)
        ? new StoppedPacket(
            packet,
            $"the policy of the chain {chain.Name} in the table {chain.Table.Name} of {Program(chain.Table).Split(' ')[0]} drops",
            $"{Program(chain.Table)} -S {chain.Name}",
            $"{Program(chain.Table)} -P {chain.Name} ACCEPT")
        : new StoppedPacket(
            packet,
            $"the policy of the chain {chain.Name} of nftables table {chain.Table} drops",
            $"nft list chain {chain.Table} {chain.Name}",
            $"nft chain {chain.Table} {chain.Name} '{{ policy accept; }}'");

    private static string Program(NftTable table) =>
        $"{(table.Family == NetfilterFamily.IPv4 ? "iptables" : "ip6tables")}{(table.Name == "filter" ? "" : $" -t {table.Name}")}";
}
