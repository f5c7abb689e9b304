using System.Globalization;

namespace Net.Linux.Processes;

/// <summary>One process as /proc tells it.</summary>
/// <param name="Id">Its process id.</param>
/// <param name="State">Its state letter: R, S, D, T, Z (ended, not yet reaped), X.</param>
/// <param name="ParentId">Its parent's process id.</param>
/// <param name="SessionId">The process id of its session's leader.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot: with the id, what tells it from a later process of the same
/// id.</param>
/// <remarks>Source: proc_pid_stat(5).</remarks>
public readonly record struct ProcessStatus(int Id, char State, int ParentId, int SessionId, ulong StartTicks)
{
    /// <summary>Whether it still runs: a process that ended and waits to be reaped does not.</summary>
    public bool IsRunning => State is not ('Z' or 'X' or 'x');

    /// <summary>Reads one process; null when there is none with this id.</summary>
    public static ProcessStatus? Read(int processId)
    {
        try
        {
            return Parse(processId, File.ReadAllText($"/proc/{processId}/stat"));
        }
        catch (IOException)
        {
            return null; // no such process, or it ended while being read (ESRCH)
        }
    }

    /// <summary>Reads all processes that this one can see. Those that come or go meanwhile may be missing.</summary>
    public static IReadOnlyList<ProcessStatus> ReadAll()
    {
        var all = new List<ProcessStatus>();
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && Read(id) is { } status)
            {
                all.Add(status);
            }
        }

        return all;
    }

    /// <summary>The line of /proc/PID/stat; the name in its parentheses may hold anything, also parentheses.</summary>
    internal static ProcessStatus? Parse(int processId, ReadOnlySpan<char> line)
    {
        int nameEnd = line.LastIndexOf(')');
        if (nameEnd < 0)
        {
            return null;
        }

        Span<Range> fields = stackalloc Range[22];
        ReadOnlySpan<char> rest = line[(nameEnd + 1)..].Trim();
        int count = rest.Split(fields, ' ');
        return count < 20
            ? null
            : new ProcessStatus(
                processId,
                rest[fields[0]][0],
                int.Parse(rest[fields[1]], CultureInfo.InvariantCulture),
                int.Parse(rest[fields[3]], CultureInfo.InvariantCulture),
                ulong.Parse(rest[fields[19]], CultureInfo.InvariantCulture));
    }
}
