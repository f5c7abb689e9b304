using Net.Firewall.Iptables;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles;

/// <summary>Finds others' chains that drop forwarded packets by their policy, or by a rule without a condition, as the rule sets of some
/// distributions end: an accept of ours in one chain does not beat a drop in another.</summary>
/// <remarks>A drop with a condition is not looked for: whether it means our packets is not to be told without walking the whole rule
/// set.</remarks>
public static class ForwardObstacles
{
    private const string Firewalld = "firewalld";

    private const string BeforeIptables = "start the daemon with --firewall-backend iptables, which puts its rules before that";
    private const string LetAccept = "let that chain accept what enters and leaves the bridges of netctl";

    /// <summary>What stands in the way of rules in tables of our own in nf_tables.</summary>
    public static IReadOnlyList<string> BesideNftables() =>
    [
        .. Dropping().Select(chain => Sentence(
            $"table {chain.Table} drops by its chain {chain.Name}", IsIptables(chain.Table) ? BeforeIptables : LetAccept)),
        .. Legacy(new IptablesPrograms(null)).Select(family => Sentence(
            $"iptables-legacy drops by its chain FORWARD ({family})", BeforeIptables)),
    ];

    /// <summary>What stands in the way of rules in iptables' own tables.</summary>
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
                "let that chain accept, or move those rules over with iptables-legacy-save and iptables-restore")) : [],
        ];
    }

    /// <summary>Whether firewalld has its rules in the namespace of the calling thread.</summary>
    public static bool HasFirewalld() => Read(connection => Forwarding(connection).Any(chain => chain.Table.Name == Firewalld));

    private static bool IsIptables(NftTable table) => table is { Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6, Name: "filter" };

    private static string Sentence(string who, string remedy) =>
        $"firewall: {who} what it does not know, so what netctl lets through may not pass; {remedy}";

    // What firewalld rejects at the end of its chain does not come from a zone, and our bridges are in one.
    private static List<NftBaseChainInfo> Dropping() => Read<List<NftBaseChainInfo>>(connection =>
    [
        .. Forwarding(connection).Where(chain =>
            chain.Drops || (chain.Table.Name != Firewalld && connection.ListDroppingChains(chain.Table).Contains(chain.Name))),
    ]) ?? [];

    private static IEnumerable<NftBaseChainInfo> Forwarding(NetlinkConnection connection) => connection.ListBaseChains()
        .Where(chain =>
            chain is { Hook: (uint)NftHook.Forward, Table.Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6 or NetfilterFamily.Inet })
        .Where(chain => chain.Table.Name is not ("netctl" or "netctl-user"));

    /// <returns>What was read; the default where the kernel has no nf_tables.</returns>
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
        IptablesPrograms legacy = programs.OfSort(IptablesVariant.Legacy);
        return Enum.GetValues<FirewallFamily>()
            .Where(family => LegacyTables.Names(family).Contains("filter") && legacy.AreInstalled(family))
            .Where(family => legacy.Save(family).DropsForwarded)
            .Select(family => family == FirewallFamily.IPv4 ? "IPv4" : "IPv6");
    }
}
