using Net.Firewall.Nftables;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Watches;

/// <summary>The nf_tables tables that have rules of ours, and that of firewalld, which forgets at a reload the zone of a bridge.</summary>
public static class WatchedTables
{
    /// <summary>Whether a table may have rules of ours.</summary>
    /// <param name="table">The table.</param>
    /// <param name="iptables">Whether our rules are written by iptables-nft, which puts them into tables of nf_tables.</param>
    public static bool Contains(NftTable table, bool iptables) =>
        table.Name is "netctl" or NftablesTrackingTable.Name
            || table is { Family: NetfilterFamily.Inet, Name: "firewalld" }
            || (iptables && table is { Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6, Name: "filter" or "nat" or "raw" });
}
