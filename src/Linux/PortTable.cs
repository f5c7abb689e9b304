using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Net.Linux;

/// <summary>Reads the tables /proc/net/{tcp,tcp6,udp,udp6}.</summary>
/// <remarks>Local address: groups of 8 hex digits, each a 32-bit word of the address as the machine's byte order prints it; then the port.
/// Source: proc_net_tcp(5), net/ipv4/tcp_ipv4.c.</remarks>
internal static class PortTable
{
    private const string Listening = "0A";

    /// <summary>The sockets of a table; lines that do not fit are passed over.</summary>
    /// <param name="lines">The file's lines, its heading too.</param>
    /// <param name="onlyListening">Leave out connections: for TCP.</param>
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

/// <summary>A socket in /proc/net/tcp and the like.</summary>
internal readonly record struct PortTableEntry(IPAddress Address, int Port, ulong Inode);
