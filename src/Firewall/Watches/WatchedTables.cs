using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Watches;

/// <summary>The tables of nf_tables that rules of ours are in, and that of firewalld, which forgets at a reload which zone a bridge is
/// in.</summary>
public static class WatchedTables
{
    /// <summary>Whether a table may have rules of ours.</summary>
    /// <param name="table">The table.</param>
    /// <param name="iptables">Whether rules are written by the sort of iptables that puts them into nf_tables.</param>
    public static bool Contains(NftTable table, bool iptables) =>
        table.Name == "netctl"
            || table is { Family: NetfilterFamily.Inet, Name: "firewalld" }
            || (iptables && table is { Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6, Name: "filter" or "nat" or "raw" });
}
