using System.Globalization;

using Net.Linux.Descriptors;

namespace Net.Linux.Sockets;

/// <summary>Says who listens at a path without connecting to it, which would start what a service manager starts at the first
/// connection.</summary>
/// <remarks>Source: /proc/net/unix, proc_pid_net(5), net/unix/af_unix.c. It has the sockets of this process's network namespace
/// alone.</remarks>
public static class UnixSocketTable
{
    private const string File = "/proc/net/unix";
    private const uint Listening = 0x10000; // __SO_ACCEPTCON, include/linux/net.h
    private const int FlagsField = 3;
    private const int PathField = 7;

    /// <summary>Whether a socket listens at a path: there is a file, and a socket of this process or of another one that was bound
    /// there.</summary>
    /// <param name="path">The path; symbolic links are followed.</param>
    /// <remarks>A socket whose file was replaced by another one counts as well, since the kernel does not tell them apart here.</remarks>
    public static bool IsListening(string path) =>
        FileIdentity.Read(path) is not null
        && ParseListening(ReadLines()).Any(bound => bound == path || FileIdentity.Same(bound, path));

    /// <summary>The paths at which sockets listen.</summary>
    /// <param name="lines">The lines of the file, such as <c>0000000000000000: 00000002 00000000 00010000 0001 01 4711 /run/a.sock</c>;
    /// the heading may be among them. A path that begins with @ is no file; a path may have spaces.</param>
    internal static IEnumerable<string> ParseListening(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', PathField + 1, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > PathField
                && uint.TryParse(fields[FlagsField], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint flags)
                && (flags & Listening) != 0
                && fields[PathField].StartsWith('/'))
            {
                yield return fields[PathField];
            }
        }
    }

    private static IEnumerable<string> ReadLines()
    {
        try
        {
            return System.IO.File.ReadAllLines(File);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return []; // no /proc, or a kernel without the file
        }
    }
}
