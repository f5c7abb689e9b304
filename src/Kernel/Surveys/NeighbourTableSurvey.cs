using Net.Cnm.Findings;
using Net.Netlink;
using Net.Netlink.Neighbours;

namespace Net.Kernel.Surveys;

/// <summary>Reads how full the kernel's tables of neighbours are.</summary>
internal static class NeighbourTableSurvey
{
    private const string IPv4 = "arp_cache"; // arp_tbl.id in net/ipv4/arp.c
    private const string IPv6 = "ndisc_cache"; // nd_tbl.id in net/ipv6/ndisc.c

    /// <summary>The tables of both families.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<SurveyedNeighbourTable> Read(NetlinkConnection connection) =>
    [
        .. connection.DumpNeighbourTables()
            .Where(static table => table is { Name: IPv4 or IPv6, Entries: not null, Limit: not null })
            .Select(static table => new SurveyedNeighbourTable(table.Name == IPv6, table.Entries!.Value, table.Limit!.Value)),
    ];
}
