using System.Globalization;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>A process that holds a lock on a file.</summary>
/// <param name="ProcessId">The ID of the process.</param>
/// <param name="ProcessName">Its name (comm, at most 15 bytes); null when it has ended meanwhile.</param>
/// <param name="IsOtherUser">Whether the process belongs to another user than this one.</param>
public sealed record LockHolder(int ProcessId, string? ProcessName, bool IsOtherUser)
{
    /// <summary>Finds a process, other than this one, that holds a lock of any kind on a file. Processes of this user come first.</summary>
    /// <returns>The holder; null when there is none, or it is in a PID namespace that cannot be seen from here.</returns>
    /// <remarks>Source: /proc/locks, proc_locks(5). Some file systems show another device there than stat(2) does, so the files are
    /// compared by their inode there, and then by what the process has open.</remarks>
    public static LockHolder? Find(string path)
    {
        using SafeFileHandle place = Files.Open(path, O_PATH);
        if (place.IsInvalid || !Files.TryIdentify(place, out (uint Major, uint Minor, ulong Inode) identity))
        {
            return null;
        }

        try
        {
            return Parse(File.ReadLines("/proc/locks"), identity.Inode)
                .Where(id => id != Environment.ProcessId && HasOpen(id, identity))
                .Select(Describe)
                .OrderBy(holder => holder.IsOtherUser)
                .FirstOrDefault();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // a kernel without /proc/locks
        }
    }

    /// <summary>A few words for messages: <c>process 123 (sqlite3)</c>.</summary>
    public override string ToString() => ProcessName is null
        ? string.Create(CultureInfo.InvariantCulture, $"process {ProcessId}")
        : string.Create(CultureInfo.InvariantCulture, $"process {ProcessId} ({ProcessName})");

    /// <summary>The processes that hold a lock on the file with this inode number.</summary>
    /// <param name="lines">The lines of /proc/locks, such as <c>1: FLOCK  ADVISORY  WRITE 123 08:01:4711 0 EOF</c>. A line with an arrow
    /// is a process that waits.</param>
    /// <param name="inode">The inode number.</param>
    internal static IEnumerable<int> Parse(IEnumerable<string> lines, ulong inode)
    {
        string end = $":{inode.ToString(CultureInfo.InvariantCulture)}";
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length >= 6 && fields[1] != "->" && fields[5].EndsWith(end, StringComparison.Ordinal)
                && int.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
            {
                yield return id;
            }
        }
    }

    /// <summary>Whether a process has the file open; true also when its descriptors cannot be read.</summary>
    private static bool HasOpen(int id, (uint Major, uint Minor, ulong Inode) identity)
    {
        try
        {
            foreach (string descriptor in Directory.EnumerateFileSystemEntries($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/fd"))
            {
                using SafeFileHandle file = Files.Open(descriptor, O_PATH);
                if (!file.IsInvalid && Files.TryIdentify(file, out (uint Major, uint Minor, ulong Inode) open) && open == identity)
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static LockHolder Describe(int id)
    {
        using SafeFileHandle process = Files.Open($"/proc/{id.ToString(CultureInfo.InvariantCulture)}", O_PATH);
        bool known = Files.TryReadStatus(process, out uint owner, out _);
        return new LockHolder(id, known ? PortHolder.ReadName(id) : null, known && owner != geteuid());
    }
}
