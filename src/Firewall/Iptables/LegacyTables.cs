using System.Buffers.Binary;
using System.Net.Sockets;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

using Net.Linux;
using Net.Linux.Sockets;

namespace Net.Firewall.Iptables;

/// <summary>Reads the tables of the kernel's ip_tables and ip6_tables in one or two system calls: whether they have rules, and whether the
/// rules have changed.</summary>
/// <remarks>
/// The kernel sends no events about these tables. Wire: struct ipt_getinfo and struct ip6t_getinfo, 84 bytes each; struct ipt_get_entries
/// and struct ip6t_get_entries, 40 bytes and then the rules, struct ipt_entry (112 bytes) or struct ip6t_entry (168 bytes), each followed
/// by its matches and its target. Source: include/uapi/linux/netfilter_ipv4/ip_tables.h, netfilter_ipv6/ip6_tables.h.
/// </remarks>
public sealed class LegacyTables : IDisposable
{
    private const int GetInfo = 64; // IPT_SO_GET_INFO, IP6T_SO_GET_INFO
    private const int InfoLength = 84;
    private const int HooksOffset = 32;
    private const int EntriesOffset = 76;
    private const int SizeOffset = 80;
    private const int GetEntries = 65; // IPT_SO_GET_ENTRIES, IP6T_SO_GET_ENTRIES
    private const int EntriesHeadLength = 40;
    private const int EntriesHeadSizeOffset = 32;
    private const int CountersLength = 16;

    private readonly RawSocket _socket;
    private readonly FirewallFamily _family;
    private byte[] _entries = [];

    private LegacyTables(RawSocket socket, FirewallFamily family)
    {
        _socket = socket;
        _family = family;
    }

    /// <summary>Opens a family's tables in the namespace of the calling thread; null when the kernel does not have that family.</summary>
    public static LegacyTables? Open(FirewallFamily family)
    {
        try
        {
            SocketFamily sockets = family == FirewallFamily.IPv4 ? SocketFamily.IPv4 : SocketFamily.IPv6;
            return new LegacyTables(RawSocket.Open(sockets, SocketType.Raw, (int)ProtocolType.Raw), family);
        }
        catch (LinuxException)
        {
            return null;
        }
    }

    /// <summary>The tables that exist; reading another one would create it.</summary>
    public static IReadOnlyList<string> Names(FirewallFamily family)
    {
        string path = $"/proc/thread-self/net/{(family == FirewallFamily.IPv4 ? "ip" : "ip6")}_tables_names";
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    /// <summary>A hash of a table's rules without their counters; 0 when the kernel does not have the table.</summary>
    /// <remarks>The kernel copies all rules of the table for each call.</remarks>
    public int Fingerprint(string table)
    {
        Span<byte> info = stackalloc byte[InfoLength];
        if (!Ask(GetInfo, table, info))
        {
            return 0;
        }

        int size = Number(info, SizeOffset);
        if (_entries.Length < EntriesHeadLength + size)
        {
            _entries = new byte[EntriesHeadLength + size];
        }

        Span<byte> entries = _entries.AsSpan(0, EntriesHeadLength + size);
        BitConverter.TryWriteBytes(entries[EntriesHeadSizeOffset..], size);

        // The kernel refuses when the table's size has changed since: then the table has changed, and -1 differs from any hash of it.
        return Ask(GetEntries, table, entries) ? FingerprintOf(entries[EntriesHeadLength..]) : -1;
    }

    /// <summary>Whether a table has more than the entries of an empty table: one for each hook's policy, and one at the end.</summary>
    public bool HasRules(string table)
    {
        Span<byte> info = stackalloc byte[InfoLength];
        return Ask(GetInfo, table, info) && Number(info, EntriesOffset) > BitOperations.PopCount((uint)Number(info, HooksOffset)) + 1;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private static int Number(ReadOnlySpan<byte> info, int offset) =>
        BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadInt32LittleEndian(info[offset..])
            : BinaryPrimitives.ReadInt32BigEndian(info[offset..]);

    private int FingerprintOf(ReadOnlySpan<byte> rules)
    {
        // next_offset and counters of struct ipt_entry, whose address part is 84 bytes long, and of struct ip6t_entry, with 136.
        (int nextOffset, int countersOffset) = _family == FirewallFamily.IPv4 ? (90, 96) : (142, 152);
        var hash = default(HashCode);
        while (!rules.IsEmpty)
        {
            int length = MemoryMarshal.Read<ushort>(rules[nextOffset..]);
            hash.AddBytes(rules[..countersOffset]);
            hash.AddBytes(rules[(countersOffset + CountersLength)..length]);
            rules = rules[length..];
        }

        return hash.ToHashCode();
    }

    private bool Ask(int question, string table, Span<byte> answer)
    {
        answer[..EntriesHeadSizeOffset].Clear();
        Encoding.ASCII.GetBytes(table, answer);
        SocketOption option = _family == FirewallFamily.IPv4 ? SocketOption.OfIPv4(question) : SocketOption.OfIPv6(question);
        return _socket.GetOption(option, answer) == Errno.None;
    }
}
