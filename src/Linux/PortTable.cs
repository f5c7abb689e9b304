using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Net.Linux;

/// <summary>Parses the socket tables /proc/net/{tcp,tcp6,udp,udp6}.</summary>
/// <remarks>The local address is written as groups of 8 hex digits, each a 32-bit word of the address in the machine's byte order, then a
/// colon and the port in hex. Source: proc_pid_net(5), net/ipv4/tcp_ipv4.c.</remarks>
internal static class PortTable
{
    private const string Listening = "0A";

    /// <summary>Parses the sockets of one table; lines of another form are skipped.</summary>
    /// <param name="lines">The lines of the file; the heading may be among them.</param>
    /// <param name="onlyListening">Whether to return only listening sockets; set for TCP, so that connections are left out.</param>
    internal static IEnumerable<PortTableEntry> Parse(IEnumerable<string> lines, bool onlyListening)
    {
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9
                && (!onlyListening || fields[3] == Listening)
                && TryParseLocal(fields[1], out IPAddress? address, out int port)
                && ulong.TryParse(fields[9], NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
            {
                yield return new PortTableEntry(address!, port, inode);
            }
        }
    }

    private static bool TryParseLocal(string field, out IPAddress? address, out int port)
    {
        address = null;
        port = 0;
        int colon = field.IndexOf(':', StringComparison.Ordinal);
        if (colon is not (8 or 32)
            || !int.TryParse(field.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out port))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[colon / 2];
        for (int i = 0; i < colon; i += 8)
        {
            if (!uint.TryParse(field.AsSpan(i, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint word))
            {
                return false;
            }

            MemoryMarshal.Write(bytes[(i / 2)..], word);
        }

        address = new IPAddress(bytes);
        return true;
    }
}

/// <summary>One socket of /proc/net/{tcp,tcp6,udp,udp6}: its local address and port, and the inode number that /proc/PID/fd shows as
/// <c>socket:[N]</c>.</summary>
internal readonly record struct PortTableEntry(IPAddress Address, int Port, ulong Inode);
