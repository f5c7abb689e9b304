using System.Globalization;
using System.Text;

namespace Net.Linux.Mounts;

/// <summary>One mount of the calling thread's mount namespace.</summary>
/// <param name="Id">The mount's number.</param>
/// <param name="ParentId">The number of the mount it is on.</param>
/// <param name="Root">Which part of its file system is mounted: a path in it, or <c>net:[4026531840]</c> for a namespace.</param>
/// <param name="Target">Where it is mounted.</param>
/// <param name="FollowsAnother">Whether mounts and unmounts elsewhere are repeated here: a slave, or shared.</param>
/// <param name="Type">The file system's type.</param>
/// <param name="Source">What is mounted: a device, or a free text.</param>
/// <remarks>Source: proc_pid_mountinfo(5).</remarks>
public sealed record MountEntry(int Id, int ParentId, string Root, string Target, bool FollowsAnother, string Type, string Source)
{
    /// <summary>Reads the mounts of the calling thread.</summary>
    public static IReadOnlyList<MountEntry> ReadAll() => ReadAll("/proc/thread-self/mountinfo");

    /// <summary>Reads the mounts that a process sees; none when it is gone.</summary>
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

    /// <summary>Reads one line of mountinfo; null when it is not one.</summary>
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

    /// <summary>Blank, tab, line feed and backslash are written as three octal digits.</summary>
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
