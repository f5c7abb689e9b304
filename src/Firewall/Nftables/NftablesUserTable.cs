using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary><c>table inet netctl-user</c>, the administrator's table, as <c>NETCTL-USER</c> is with iptables. It is created once, before
/// ours, and never changed after that.</summary>
/// <remarks>Its chain comes before every forward chain of ours: a drop in it is final, an accept goes on to our rules.</remarks>
internal static class NftablesUserTable
{
    private const int BeforeFilter = -10; // filter is 0

    /// <summary>The table.</summary>
    public static NftTable Table { get; } = new(NetfilterFamily.Inet, "netctl-user");

    private static NftChain Forward { get; } = new()
    {
        Table = Table,
        Name = NftablesChains.Forward,
        Type = "filter",
        Hook = NftHook.Forward,
        Priority = BeforeFilter,
        Comment = $"{FirewallTag.Host} yours: before all rules of netctl, never flushed",
    };

    /// <summary>Adds the table's creation to a transaction.</summary>
    public static void AddTo(NetfilterBatch batch)
    {
        batch.AddTable(Table);
        batch.AddChain(Forward);
    }

    /// <summary>The nft commands that create the table.</summary>
    public static IEnumerable<string> ToCommands() => [$"nft add table {Table}", NftablesCommands.AddChain(Forward)];

    /// <summary>Whether the table has no content but its empty chain.</summary>
    public static bool IsUnused(NetlinkConnection connection) =>
        connection.ListRules(Table).Count == 0
            && connection.ListSets(Table).Count == 0
            && connection.ListChains(Table) is [] or [NftablesChains.Forward];
}
