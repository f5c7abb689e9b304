using Net.Firewall.Iptables;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles;

/// <summary>Finds chains of other programs that drop forwarded packets by their policy, or by a rule without a condition, as the rule sets
/// of some distributions end. An accept in a chain of ours does not override a drop in another chain.</summary>
/// <remarks>A drop with a condition is not looked for: whether it applies to our packets cannot be told without evaluating the whole rule
/// set.</remarks>
public static class ForwardObstacles
{
    private const string Firewalld = "firewalld";

    private const string BeforeIptables = "start the daemon with --firewall-backend iptables, which puts its rules before that";
    private const string LetAccept = "let that chain accept what enters and leaves the bridges of netctl";

    /// <summary>Warnings about chains that override our rules in nf_tables tables of our own.</summary>
    public static IReadOnlyList<string> BesideNftables() =>
    [
        .. Dropping().Select(chain => Sentence(
            $"table {chain.Table} drops by its chain {chain.Name}", IsIptables(chain.Table) ? BeforeIptables : LetAccept)),
        .. Legacy(new IptablesPrograms(null)).Select(family => Sentence(
            $"iptables-legacy drops by its chain FORWARD ({family})", BeforeIptables)),
    ];

    /// <summary>Warnings about chains that override our rules in the tables of iptables.</summary>
    /// <param name="programs">The programs that write our rules.</param>
    public static IReadOnlyList<string> BesideIptables(IptablesPrograms programs)
    {
        bool inNfTables = programs.AreInstalled(FirewallFamily.IPv4) && programs.ReadVariant() == IptablesVariant.NfTables;
        return
        [
            .. Dropping().Where(chain => !(inNfTables && IsIptables(chain.Table))).Select(chain => Sentence(
                $"table {chain.Table} drops by its chain {chain.Name}", LetAccept)),
            .. inNfTables ? Legacy(programs).Select(family => Sentence(
                $"iptables-legacy drops by its chain FORWARD ({family})",
                "let that chain accept, or move those rules over with iptables-legacy-save and iptables-nft-restore")) : [],
        ];
    }

    /// <summary>Whether firewalld has its rules in a network namespace.</summary>
    /// <param name="connection">To netfilter in that namespace.</param>
    public static bool HasFirewalld(NetlinkConnection connection) => Forwarding(connection).Any(chain => chain.Table.Name == Firewalld);

    private static bool IsIptables(NftTable table) => table is { Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6, Name: "filter" };

    private static string Sentence(string who, string remedy) =>
        $"firewall: {who} what it does not know, so what netctl lets through may not pass; {remedy}";

    // firewalld ends its chain with a reject of packets from links in no zone; our bridges are in a zone, so that is no obstacle.
    private static List<NftBaseChainInfo> Dropping() => Read<List<NftBaseChainInfo>>(connection =>
    [
        .. Forwarding(connection).Where(chain =>
            chain.Drops || (chain.Table.Name != Firewalld && connection.ListDroppingChains(chain.Table).Contains(chain.Name))),
    ]) ?? [];

    private static IEnumerable<NftBaseChainInfo> Forwarding(NetlinkConnection connection) => connection.ListBaseChains()
        .Where(chain =>
            chain is { Hook: (uint)NftHook.Forward, Table.Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6 or NetfilterFamily.Inet })
        .Where(chain => chain.Table.Name is not ("netctl" or "netctl-user") && !connection.IsDormant(chain.Table));

    /// <returns>The result of <paramref name="read"/>; the default where the kernel has no nf_tables.</returns>
    private static T? Read<T>(Func<NetlinkConnection, T> read)
    {
        try
        {
            using NetlinkConnection connection = NetlinkConnection.Open(NetlinkProtocol.Netfilter);
            return read(connection);
        }
        catch (Exception error) when (error is LinuxException or NetlinkException)
        {
            return default;
        }
    }

    private static IEnumerable<string> Legacy(IptablesPrograms programs)
    {
        IptablesPrograms legacy = programs.OfVariant(IptablesVariant.Legacy);
        return Enum.GetValues<FirewallFamily>()
            .Where(family => LegacyTables.Names(family).Contains("filter") && legacy.AreInstalled(family))
            .Where(family => legacy.Save(family).DropsForwarded)
            .Select(family => family == FirewallFamily.IPv4 ? "IPv4" : "IPv6");
    }
}
