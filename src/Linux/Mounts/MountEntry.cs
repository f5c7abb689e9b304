using System.Globalization;
using System.Text;

namespace Net.Linux.Mounts;

/// <summary>One mount of a mount namespace: one line of /proc/PID/mountinfo.</summary>
/// <param name="Id">The ID of the mount.</param>
/// <param name="ParentId">The ID of the mount that this one is mounted on.</param>
/// <param name="Root">The directory or file of the file system that is mounted: a path within it, or <c>net:[4026531840]</c> for a bound
/// namespace.</param>
/// <param name="Target">The mount point, relative to the root directory of the process.</param>
/// <param name="FollowsAnother">Whether mounts and unmounts propagate to this mount from others: it is a slave or shared, see
/// mount_namespaces(7).</param>
/// <param name="Type">The type of the file system, such as sysfs.</param>
/// <param name="Source">The mount source: a device, or a free text for file systems without one.</param>
/// <remarks>Source: proc_pid_mountinfo(5).</remarks>
public sealed record MountEntry(int Id, int ParentId, string Root, string Target, bool FollowsAnother, string Type, string Source)
{
    /// <summary>Reads all mounts of the calling thread's mount namespace.</summary>
    /// <exception cref="IOException">/proc is not mounted or cannot be read.</exception>
    public static IReadOnlyList<MountEntry> ReadAll() => ReadAll("/proc/thread-self/mountinfo");

    /// <summary>Reads all mounts of a process's mount namespace; the list is empty when the process does not exist.</summary>
    public static IReadOnlyList<MountEntry> ReadAll(int processId)
    {
        try
        {
            return ReadAll($"/proc/{processId}/mountinfo");
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Parses one line of mountinfo; null when the line has too few fields.</summary>
    internal static MountEntry? Parse(string line)
    {
        string[] fields = line.Split(' ');
        int separator = Array.IndexOf(fields, "-");
        return separator < 6 || fields.Length < separator + 3
            ? null
            : new MountEntry(
                int.Parse(fields[0], CultureInfo.InvariantCulture),
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                Unescape(fields[3]),
                Unescape(fields[4]),
                fields.AsSpan(6, separator - 6).ToArray().Any(static tag => tag.StartsWith("master:", StringComparison.Ordinal)
                    || tag.StartsWith("shared:", StringComparison.Ordinal)),
                fields[separator + 1],
                Unescape(fields[separator + 2]));
    }

    private static List<MountEntry> ReadAll(string path) =>
        [.. File.ReadAllLines(path).Select(Parse).OfType<MountEntry>()];

    /// <summary>Decodes blank, tab, line feed and backslash, which mountinfo writes as a backslash and three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length)
            {
                result.Append((char)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')));
                i += 3;
            }
            else
            {
                result.Append(text[i]);
            }
        }

        return result.ToString();
    }
}
