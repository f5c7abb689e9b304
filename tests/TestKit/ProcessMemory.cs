using System.Globalization;

namespace Net.Tests.TestKit;

/// <summary>What memory a process takes, proc_pid_smaps(5).</summary>
public static class ProcessMemory
{
    /// <summary>The memory in KiB that is the process's alone and was written: Private_Dirty. The process runs.</summary>
    public static int OwnKiB(int process) => File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup"))
        .Where(line => line.StartsWith("Private_Dirty:", StringComparison.Ordinal))
        .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .Single();
}
