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

    /// <summary>Reads the inode number of a namespace of a process's main thread.</summary>
    /// <param name="processId">The process ID.</param>
    /// <param name="kind">The file's name in /proc/PID/ns.</param>
    /// <returns>The number, which is unique among the namespaces of this kind that exist; null when the process has ended.</returns>
    public static ulong? Read(int processId, string kind)
    {
        try
        {
            // The link reads "net:[4026531840]".
            string? target = new FileInfo($"/proc/{processId}/ns/{kind}").LinkTarget;
            return target?.Split('[', ']') is [_, { } number, _]
                && ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode)
                    ? inode
                    : null;
        }
        catch (IOException)
        {
            return null; // no such process, or it ended while its link was read
        }
    }
}
