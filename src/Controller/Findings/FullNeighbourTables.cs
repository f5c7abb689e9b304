using System.Globalization;
using Net.Cnm.Findings;

namespace Net.Controller.Findings;

/// <summary>Finds tables of neighbours that are full, or nearly so. In a full one no new neighbour is found: packets to it are dropped, and
/// the kernel's log says "neighbour table overflow".</summary>
internal static class FullNeighbourTables
{
    private const int NearlyFullPercent = 80;
    private const int MostPercent = 110;

    public static IEnumerable<Finding> Find(FindingFacts facts) =>
        from table in facts.Survey.NeighbourTables
        where table.Limit > 0 && table.Entries * 100 >= table.Limit * NearlyFullPercent && IsKnown(table)
        let family = table.IPv6 ? "ipv6" : "ipv4"
        select new Finding
        {
            Kind = FindingKinds.FullNeighbourTable,
            Grade = table.Entries >= table.Limit ? FindingGrade.Error : FindingGrade.Note,
            Object = table.IPv6 ? "neighbour table of IPv6" : "neighbour table of IPv4",
            Cause = string.Create(
                CultureInfo.InvariantCulture,
                $"it has {table.Entries} entries that are not permanent, of at most {table.Limit}, of all containers and the host "
                    + $"together: when it is full, packets to further neighbours are dropped"),
            Look = $"ip {(table.IPv6 ? "-6" : "-4")} -s ntable show (table_fulls); dmesg | grep 'table overflow'",
            Remedy = string.Create(CultureInfo.InvariantCulture, $"sysctl -w net.{family}.neigh.default.gc_thresh3={table.Limit * 4}")
                + ", and gc_thresh1 and gc_thresh2 likewise",
        };

    // The kernel keeps those that count below the limit. Where there are many more, others are permanent, in namespaces that are not looked
    // at, and how many count is not known.
    private static bool IsKnown(SurveyedNeighbourTable table) => table.Entries * 100 <= table.Limit * MostPercent;
}
