using System.Globalization;

namespace Net.Linux.Processes;

/// <summary>What the whole host has used, as /proc/stat and /proc/meminfo show it.</summary>
/// <param name="CpuTicks">Ticks of all processors together since boot, idle ones included.</param>
/// <param name="Processors">How many processors are online.</param>
/// <param name="Boot">When the host started.</param>
/// <param name="MemoryBytes">How much memory the host has.</param>
/// <remarks>Sources: proc_stat(5), proc_meminfo(5).</remarks>
public sealed record HostUsage(ulong CpuTicks, int Processors, DateTimeOffset Boot, ulong MemoryBytes)
{
    // user, nice, system, idle, iowait, irq, softirq and steal; the two that follow are parts of the first two.
    private const int Fields = 8;

    /// <summary>Reads what the host has used up to now.</summary>
    /// <exception cref="IOException">/proc is not mounted.</exception>
    public static HostUsage Read()
    {
        string[][] lines = [.. File.ReadLines("/proc/stat").Select(Words)];
        string memory = File.ReadLines("/proc/meminfo").First(static line => line.StartsWith("MemTotal:", StringComparison.Ordinal));
        return new HostUsage(
            lines.First(static words => words[0] == "cpu").Skip(1).Take(Fields).Aggregate(0UL, static (sum, word) => sum + Number(word)),
            lines.Count(static words => words[0].Length > 3 && words[0].StartsWith("cpu", StringComparison.Ordinal)),
            DateTimeOffset.FromUnixTimeSeconds((long)Number(lines.First(static words => words[0] == "btime")[1])),
            Number(Words(memory)[1]) * 1024);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ulong Number(string word) => ulong.Parse(word, CultureInfo.InvariantCulture);
}
