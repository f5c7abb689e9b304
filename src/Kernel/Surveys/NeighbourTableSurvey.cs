using Net.Cnm.Findings;
using Net.Kernel.Observations;
using Net.Netlink;
using Net.Netlink.Neighbours;

namespace Net.Kernel.Surveys;

/// <summary>Reads how full the kernel's tables of neighbours are.</summary>
/// <remarks>The kernel tells how many entries a table has; what it compares with the limit, those that are neither permanent nor learned by
/// another program, it tells nobody. Source: neigh_alloc in net/core/neighbour.c.</remarks>
internal static class NeighbourTableSurvey
{
    private const string IPv4 = "arp_cache"; // arp_tbl.id in net/ipv4/arp.c
    private const string IPv6 = "ndisc_cache"; // nd_tbl.id in net/ipv6/ndisc.c

    /// <summary>The tables of both families.</summary>
    /// <param name="connection">To the kernel's view of any namespace: the tables are the same in all.</param>
    /// <param name="seen">The namespaces whose permanent entries are left out of the numbers.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<SurveyedNeighbourTable> Read(NetlinkConnection connection, IReadOnlyList<ObservedNamespace> seen) =>
    [
        .. connection.DumpNeighbourTables()
            .Where(static table => table is { Name: IPv4 or IPv6, Entries: not null, Limit: not null })
            .Select(table => new SurveyedNeighbourTable(
                table.Name == IPv6,
                Math.Max(0, table.Entries!.Value - Unlimited(seen, table.Name == IPv6 ? RouteFamily.IPv6 : RouteFamily.IPv4)),
                table.Limit!.Value)),
    ];

    private static long Unlimited(IReadOnlyList<ObservedNamespace> seen, RouteFamily family) =>
        seen.Sum(one => one.Neighbours.Count(entry => entry.Header.Family == family && IsUnlimited(entry.Header)));

    private static bool IsUnlimited(NeighbourHeader entry) =>
        (entry.State & NeighbourState.Permanent) != 0 || (entry.Flags & NeighbourFlags.ExternallyLearned) != 0;
}
