using System.Globalization;

namespace Net.Linux.Processes;

/// <summary>The identities of the namespaces that processes live in. Source: proc_pid_ns(5).</summary>
public static class ProcessNamespace
{
    /// <summary>The network namespace.</summary>
    public const string Network = "net";

    /// <summary>The mount namespace.</summary>
    public const string Mounts = "mnt";

    /// <summary>The UTS namespace: host name and domain name.</summary>
    public const string Uts = "uts";

    private const int InitId = 1;

    private const int MostLooks = 100;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads the inode number of a namespace of a process's main thread.</summary>
    /// <param name="processId">The process ID.</param>
    /// <param name="kind">The file's name in /proc/PID/ns.</param>
    /// <returns>The number, which is unique among the namespaces of this kind that exist; null when the process has ended, or its main
    /// thread.</returns>
    public static ulong? Read(int processId, string kind) =>
        ReadLink(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/ns/{kind}"));

    /// <summary>Reads the inode numbers of the namespaces of one kind in which there is any thread of a process but the first of the PID
    /// namespace: init is in no container, and its links are closed to a process with fewer capabilities.</summary>
    /// <param name="kind">The file's name in /proc/PID/ns.</param>
    /// <returns>The numbers; null when there is a thread of which it cannot be read, so that nothing can be said to be empty.</returns>
    public static IReadOnlySet<ulong>? ReadOccupied(string kind)
    {
        var occupied = new HashSet<ulong>();
        foreach (ProcessStatus process in ProcessStatus.ReadAll().Where(static process => process.Id != InitId))
        {
            foreach (int thread in ThreadsOf(process.Id))
            {
                string link = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/task/{thread}/ns/{kind}");
                ulong? inode = ReadLink(link);

                // A thread that ends gives its namespaces up first (exit_task_namespaces), and is one that has ended a moment later.
                for (int looks = 0; inode is null && ProcessStatus.Read(thread) is { IsRunning: true }; looks++)
                {
                    if (looks == MostLooks)
                    {
                        return null;
                    }

                    Thread.Sleep(Interval);
                    inode = ReadLink(link);
                }

                if (inode is { } found)
                {
                    occupied.Add(found);
                }
            }
        }

        return occupied;
    }

    private static IEnumerable<int> ThreadsOf(int processId)
    {
        try
        {
            return [.. Directory.GetDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/task"))
                .Select(static path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return []; // it has ended
        }
    }

    private static ulong? ReadLink(string path)
    {
        try
        {
            // The link reads "net:[4026531840]".
            string? target = new FileInfo(path).LinkTarget;
            return target?.Split('[', ']') is [_, { } number, _]
                && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
                    ? inode
                    : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // no such process, or it ended while its link was read
        }
    }
}
