using System.Globalization;

namespace Net.Linux.Processes;

/// <summary>The status of one process as /proc/PID/stat shows it.</summary>
/// <param name="Id">The process ID.</param>
/// <param name="State">The state letter: R (running), S (sleeping), D (uninterruptible sleep), T (stopped), Z (ended and not yet reaped), X
/// (dead), and others.</param>
/// <param name="ParentId">The process ID of the parent.</param>
/// <param name="SessionId">The session ID: the process ID of the session leader.</param>
/// <param name="StartTicks">The start time in clock ticks since boot. Together with the ID it distinguishes the process from a later one
/// with the same ID.</param>
/// <remarks>Source: proc_pid_stat(5).</remarks>
public readonly record struct ProcessStatus(int Id, char State, int ParentId, int SessionId, ulong StartTicks)
{
    /// <summary>Whether the process still runs. One that has ended and is yet to be reaped does not.</summary>
    public bool IsRunning => State is not ('Z' or 'X' or 'x');

    /// <summary>Reads the status of one process; null when no process has this ID.</summary>
    /// <exception cref="LinuxException">It cannot be read, such as without a free descriptor.</exception>
    public static ProcessStatus? Read(int processId)
    {
        try
        {
            return TextFile.TryRead($"/proc/{processId}/stat") is { } line ? Parse(processId, line) : null;
        }
        catch (LinuxException error) when (error.Errno == Errno.NoProcess)
        {
            return null; // it ended while its file was read
        }
    }

    /// <summary>Reads the status of all processes in this process's /proc. A process that starts or ends meanwhile may be
    /// missing.</summary>
    /// <exception cref="LinuxException">One cannot be read, such as without a free descriptor.</exception>
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

    /// <summary>Parses the line of /proc/PID/stat; null when it has too few fields. The command name in parentheses may itself contain
    /// parentheses and blanks, so the last closing parenthesis ends it.</summary>
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

/// <summary>Identifies one process even when the kernel reuses its process ID after it has ended.</summary>
/// <param name="Id">The process ID.</param>
/// <param name="StartTicks">The start time in clock ticks since boot; sysconf(_SC_CLK_TCK) gives the ticks in a second.</param>
public readonly record struct ProcessIdentity(int Id, ulong StartTicks)
{
    /// <summary>Whether this process still runs. It does not when it has ended and is yet to be reaped (a zombie), or when another process
    /// has its ID now.</summary>
    /// <exception cref="LinuxException">It cannot be read, such as without a free descriptor.</exception>
    public bool IsRunning => ProcessStatus.Read(Id) is { IsRunning: true } status && status.StartTicks == StartTicks;

    /// <summary>Reads the identity of a process; null when no process has this ID.</summary>
    /// <exception cref="LinuxException">It cannot be read, such as without a free descriptor.</exception>
    public static ProcessIdentity? Of(int processId) =>
        ProcessStatus.Read(processId) is { } status ? new ProcessIdentity(processId, status.StartTicks) : null;
}
