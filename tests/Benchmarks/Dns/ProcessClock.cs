using System.Globalization;

namespace Net.Tests.Benchmarks.Dns;

/// <summary>How long a process has run on processors, all its threads together, and how much memory it has.</summary>
/// <remarks>Source: /proc/PID/stat, proc_pid_stat(5), whose unit is a hundredth of a second wherever .NET runs; threads that have ended
/// count. proc_pid_status(5).</remarks>
internal static class ProcessClock
{
    private const int UserTime = 14 - 3; // fields are counted from one, and the name before the third may have spaces
    private const long NanosecondsATick = 10_000_000;

    /// <summary>Time on processors so far, in nanoseconds.</summary>
    public static long Nanoseconds(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields[UserTime..(UserTime + 2)].Sum(static field => long.Parse(field, CultureInfo.InvariantCulture)) * NanosecondsATick;
    }

    /// <summary>Resident memory that is the process's own, in KiB.</summary>
    public static long ResidentKiB(int process) => long.Parse(
        File.ReadLines($"/proc/{process}/status")
            .First(static line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);
}
