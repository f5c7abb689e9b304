using Net.Cnm.Errors;
using Net.Firewall.Iptables;
using Net.Linux;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles;

/// <summary>Finds rules that the chosen variant of iptables does not show: a packet passes the rules of iptables-legacy and those of
/// iptables-nft, and each program lists only its own.</summary>
public static class IptablesVariantConflict
{
    /// <summary>Looks for rules of other programs in nf_tables when the iptables program is iptables-legacy, in the namespace of the
    /// calling thread, before the first rule of ours is made.</summary>
    /// <exception cref="CnmException">Unavailable: iptables is the legacy variant and nf_tables has rules.</exception>
    public static void Refuse(FirewallBackendChoice choice)
    {
        if (choice.Variant == IptablesVariant.Legacy && OthersInNfTables() is { Count: > 0 } tables)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"firewall backend iptables: the program is iptables-legacy, but nf_tables has rules already ({Join(tables)}), and the " +
                "two must not be mixed; "
                + "start the daemon with --firewall-backend nftables, or make iptables the nf_tables variant: update-alternatives --set " +
                    "iptables /usr/sbin/iptables-nft");
        }
    }

    /// <summary>Looks for rules in iptables-legacy when the iptables program is iptables-nft, after those of an earlier daemon have been
    /// removed.</summary>
    /// <returns>A warning; null when there are no such rules.</returns>
    public static string? FindLegacyRules(FirewallBackendChoice choice) =>
        choice.Variant == IptablesVariant.NfTables && InLegacy() is { Count: > 0 } tables
        ? $"iptables-legacy has rules too ({Join(tables)}), which the program iptables does not show and which are passed besides ours; " +
            "move them over with iptables-legacy-save and iptables-nft-restore"
        : null;

    private static string Join(IEnumerable<string> tables) => string.Join(", ", tables.Select(table => $"table {table}"));

    private static List<string> OthersInNfTables()
    {
        try
        {
            using NetlinkConnection connection = NetlinkConnection.Open(NetlinkProtocol.Netfilter);
            return [.. connection.ListTables()
                .Where(table =>
                    table is
                    {
                        Family: NetfilterFamily.IPv4 or NetfilterFamily.IPv6 or NetfilterFamily.Inet,
                        Name: not ("netctl" or "netctl-user"),
                    })
                .Where(table => connection.ListRules(table).Any(rule => FirewallTag.OwnerIn(rule.Comment) is null))
                .Select(table => table.ToString())];
        }
        catch (Exception error) when (error is LinuxException or NetlinkException)
        {
            return []; // no nf_tables in this kernel
        }
    }

    /// <summary>The tables of iptables-legacy that have rules, as <c>ip filter</c>.</summary>
    internal static List<string> InLegacy()
    {
        var found = new List<string>();
        foreach (FirewallFamily family in Enum.GetValues<FirewallFamily>())
        {
            using LegacyTables? tables = LegacyTables.Open(family);
            found.AddRange(LegacyTables.Names(family)
                .Where(name => tables?.HasRules(name) == true)
                .Select(name => $"{(family == FirewallFamily.IPv4 ? "ip" : "ip6")} {name}"));
        }

        return found;
    }
}
