using Net.Api.Dns;
using Net.Cli.Formats;

namespace Net.Cli.Dns;

/// <summary>Writes the statistics of the resolver as tables.</summary>
internal static class DnsStatsTable
{
    private static readonly (string Heading, Func<DnsContainerStats, long> Value)[] Columns =
    [
        ("QUERIES", s => s.Queries),
        ("OWN NAMES", s => s.OwnNames),
        ("CACHED", s => s.Cached),
        ("FORWARDED", s => s.Forwarded),
        ("FAILED", s => s.Failed),
        ("INTERNAL", s => s.Internal),
        ("OVER LIMIT", s => s.OverLimit),
        ("REJECTED", s => s.Rejected),
        ("DROPPED", s => s.Dropped),
        ("TCP", s => s.TcpConnections),
        ("TCP REFUSED", s => s.TcpRefused),
        ("ERRORS", s => s.SocketErrors + s.Faults + s.Mismatches),
    ];

    public static string Of(DnsStatsResponse stats)
    {
        var lines = new List<string> { Line("CONTAINER", Columns.Select(c => c.Heading)) };
        lines.AddRange(stats.Containers.Select(s => Line(s.Name, Columns.Select(c => $"{c.Value(s)}"))));
        if (stats.Containers.Count > 1)
        {
            lines.Add(Line("(total)", Columns.Select(c => $"{stats.Containers.Sum(c.Value)}")));
        }

        return ColumnText.Align(lines) + (stats.Forwarding is { } forwarding ? Of(forwarding) : "");
    }

    private static string Of(DnsForwardingStats forwarding)
    {
        string cache = $"\ncache: {forwarding.CacheEntries} entries of {forwarding.CacheBytes} bytes; "
            + $"{forwarding.CacheHits} found, {forwarding.CacheMisses} not found, {forwarding.CacheEvictions} given up for want of room\n";
        if (forwarding.Servers is not { Count: > 0 } servers)
        {
            return cache;
        }

        IEnumerable<string> rows = servers.Select(s => Line(
            s.Address,
            [
                s.Container is null ? "host" : $"container {s.Container}",
                $"{s.Asked}",
                $"{s.Answered}",
                $"{s.Failed}",
                s.IsFailing ? "failing" : "good",
            ]));
        return cache + "\n" + ColumnText.Align([Line("SERVER", ["ASKED FROM", "ASKED", "ANSWERED", "FAILED", "STATE"]), .. rows]);
    }

    private static string Line(string first, IEnumerable<string> others) => string.Join('\t', others.Prepend(first));
}
