using System.Globalization;
using System.Text.Json.Nodes;
using Net.Api.Containers.Statistics;

namespace Net.Cli.Formats;

/// <summary>Makes the rows of <c>stats</c>: Docker's columns.</summary>
internal static class UsageRows
{
    /// <summary>The template for the rows of the default table.</summary>
    public const string DefaultColumns =
        "{{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}";

    /// <summary>The heading of every field of a row.</summary>
    public static IReadOnlyDictionary<string, string> Headings { get; } = new Dictionary<string, string>
    {
        ["BlockIO"] = "BLOCK I/O",
        ["CPUPerc"] = "CPU %",
        ["Container"] = "CONTAINER",
        ["ID"] = "CONTAINER ID",
        ["MemPerc"] = "MEM %",
        ["MemUsage"] = "MEM USAGE / LIMIT",
        ["Name"] = "NAME",
        ["NetIO"] = "NET I/O",
        ["PIDs"] = "PIDS",
    };

    /// <summary>The rows of containers.</summary>
    /// <param name="stats">What each uses; null for one that is gone and has no row.</param>
    /// <param name="asked">The names or ids that were asked for, in the same order.</param>
    /// <param name="truncate">Whether ids are cut to 12 digits.</param>
    public static IEnumerable<JsonObject> Of(IEnumerable<ContainerStats?> stats, IEnumerable<string> asked, bool truncate) =>
        from entry in stats.Zip(asked)
        where entry.First is not null
        select Of(entry.First, entry.Second, truncate);

    /// <summary>The row of a container.</summary>
    /// <param name="stats">What it uses.</param>
    /// <param name="asked">The name or id that was asked for.</param>
    /// <param name="truncate">Whether ids are cut to 12 digits.</param>
    public static JsonObject Of(ContainerStats stats, string asked, bool truncate)
    {
        MemoryStats memory = stats.Memory ?? new MemoryStats();
        IEnumerable<NetworkStats> links = (stats.Networks ?? new Dictionary<string, NetworkStats>()).Values;
        return new JsonObject
        {
            ["BlockIO"] = $"{SizeText.Decimal(Blocks(stats, "read"))} / {SizeText.Decimal(Blocks(stats, "write"))}",
            ["CPUPerc"] = Percent(CpuOf(stats)),
            ["Container"] = truncate ? RowText.ShortId(asked) : asked,
            ["ID"] = truncate ? RowText.ShortId(stats.Id) : stats.Id,
            ["MemPerc"] = Percent(memory.Limit == 0 ? 0 : memory.Usage * 100.0 / memory.Limit),
            ["MemUsage"] = $"{SizeText.Binary(memory.Usage)} / {SizeText.Binary(memory.Limit)}",
            ["Name"] = stats.Name.TrimStart('/'),
            ["NetIO"] = $"{SizeText.Decimal(links.Sum(link => (double)link.ReceivedBytes))} / "
                + SizeText.Decimal(links.Sum(link => (double)link.SentBytes)),
            ["PIDs"] = (stats.Pids?.Current ?? 0).ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The processor time between the two measurements, in per cent of one processor.</summary>
    private static double CpuOf(ContainerStats stats)
    {
        if (stats is not { Cpu: { Usage: { } now } cpu, PreCpu: { Usage: { } before } earlier }
            || now.Total <= before.Total || cpu.System <= earlier.System)
        {
            return 0;
        }

        return (now.Total - before.Total) * 100.0 * cpu.Processors / (cpu.System - earlier.System);
    }

    private static double Blocks(ContainerStats stats, string operation) =>
        (stats.BlockIo?.Bytes ?? []).Where(entry => entry.Operation == operation).Sum(entry => (double)entry.Bytes);

    private static string Percent(double value) => value.ToString("F2", CultureInfo.InvariantCulture) + "%";
}
