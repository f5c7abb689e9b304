using System.Globalization;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>How long a process has run on processors, all its threads together, and how much memory it has.</summary>
/// <remarks>Source: /proc/PID/task/TID/schedstat, the first number, in nanoseconds; a thread that has ended is no longer counted. proc_pid_status(5).</remarks>
internal static class ProcessClock
{
    /// <summary>Time on processors so far, in nanoseconds.</summary>
    public static long Nanoseconds(int process) => Directory.EnumerateDirectories($"/proc/{process}/task")
        .Sum(static task => long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture));

    /// <summary>Resident memory that is the process's own, in KiB.</summary>
    public static long ResidentKiB(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("RssAnon:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
