using System.Buffers.Binary;
using System.Numerics;
using System.Text;

using Net.Linux;

namespace Net.Firewall.Iptables;

/// <summary>What the kernel's ip_tables and ip6_tables say of their tables in a system call each: how many rules there are, and how long they are together.</summary>
/// <remarks>
/// The kernel tells nobody of changes there. Wire: struct ipt_getinfo and struct ip6t_getinfo, 84 bytes alike.
/// Source: include/uapi/linux/netfilter_ipv4/ip_tables.h, netfilter_ipv6/ip6_tables.h.
/// </remarks>
public sealed class LegacyTables : IDisposable
{
    private const int FamilyInternet = 2;
    private const int FamilyInternet6 = 10;
    private const int TypeRaw = 3;
    private const int ProtocolRaw = 255;
    private const int LevelIPv4 = 0; // SOL_IP
    private const int LevelIPv6 = 41; // SOL_IPV6
    private const int GetInfo = 64; // IPT_SO_GET_INFO, IP6T_SO_GET_INFO
    private const int InfoLength = 84;
    private const int HooksOffset = 32;
    private const int EntriesOffset = 76;
    private const int SizeOffset = 80;

    private readonly RawSocket _socket;
    private readonly FirewallFamily _family;

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
            return new LegacyTables(RawSocket.Open(family == FirewallFamily.IPv4 ? FamilyInternet : FamilyInternet6, TypeRaw, ProtocolRaw), family);
        }
        catch (LinuxException)
        {
            return null;
        }
    }

    /// <summary>The tables that are there; looking at another one would make it.</summary>
    public static IReadOnlyList<string> Names(FirewallFamily family)
    {
        string path = $"/proc/thread-self/net/{(family == FirewallFamily.IPv4 ? "ip" : "ip6")}_tables_names";
        return File.Exists(path) ? File.ReadAllLines(path) : [];
    }

    /// <summary>Rules and chains of a table, and the bytes they take; zeros when the kernel does not have it.</summary>
    public (int Entries, int Size) Read(string table)
    {
        Span<byte> info = stackalloc byte[InfoLength];
        return Ask(table, info) ? (Number(info, EntriesOffset), Number(info, SizeOffset)) : default;
    }

    /// <summary>Whether a table has more than it is born with: one entry a hook, for its policy, and one at the end.</summary>
    public bool HasRules(string table)
    {
        Span<byte> info = stackalloc byte[InfoLength];
        return Ask(table, info) && Number(info, EntriesOffset) > BitOperations.PopCount((uint)Number(info, HooksOffset)) + 1;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private static int Number(ReadOnlySpan<byte> info, int offset) =>
        BitConverter.IsLittleEndian ? BinaryPrimitives.ReadInt32LittleEndian(info[offset..]) : BinaryPrimitives.ReadInt32BigEndian(info[offset..]);

    private bool Ask(string table, Span<byte> info)
    {
        info.Clear();
        Encoding.ASCII.GetBytes(table, info);
        return _socket.GetOption(_family == FirewallFamily.IPv4 ? LevelIPv4 : LevelIPv6, GetInfo, info) == Errno.None;
    }
}
