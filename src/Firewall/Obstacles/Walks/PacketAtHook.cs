using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Net.Cnm.Findings;
using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles.Walks;

/// <summary>What is known of a sample packet at one hook, byte by byte; null stands for a byte that is not known.</summary>
internal sealed class PacketAtHook
{
    private const int NameLength = 16; // IFNAMSIZ
    private const int RawPriority = -200; // NF_IP_PRI_CONNTRACK: before it, no connection is known

    private static readonly IReadOnlyDictionary<string, int> NoIndexes = new Dictionary<string, int>();

    /// <summary>The packet at a hook.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="priority">The priority of the chain at the hook.</param>
    /// <param name="indexes">The indexes of links, by their names.</param>
    public PacketAtHook(SamplePacket packet, NftHook hook, int priority, IReadOnlyDictionary<string, int>? indexes = null)
    {
        IReadOnlyDictionary<string, int> links = indexes ?? NoIndexes;
        bool before = hook == NftHook.Prerouting;
        IPAddress? destination = before ? packet.FirstDestination : packet.Destination;
        ushort? port = before ? packet.FirstPort : packet.Port;
        IsIPv6 = packet.IsIPv6;
        Protocol = (byte?)packet.Protocol;
        Port = port;
        InName = Name(packet.InLink);
        OutName = before ? Name("") : Name(packet.OutLink);
        InIndex = Index(links, packet.InLink);
        OutIndex = before ? Known(0) : Index(links, packet.OutLink);
        State = before && priority <= RawPriority ? null : packet.IsAnswer ? ConnectionState.Established : ConnectionState.New;
        IsTranslated = packet.IsTranslated && !before;
        IsForHost = packet.IsTranslated && before;
        Header = packet.IsIPv6
            ? [.. Unknown(6), Protocol, .. Unknown(1), .. Bytes(packet.Source, 16), .. Bytes(destination, 16)]
            : [0x45, .. Unknown(8), Protocol, .. Unknown(2), .. Bytes(packet.Source, 4), .. Bytes(destination, 4)];
        Transport = [.. Unknown(2), .. port is { } known ? new byte?[] { (byte)(known >> 8), (byte)known } : Unknown(2)];
    }

    public bool IsIPv6 { get; }

    /// <summary>The number of the transport protocol.</summary>
    public byte? Protocol { get; }

    /// <summary>The destination port.</summary>
    public ushort? Port { get; }

    public byte?[] InName { get; }

    public byte?[] OutName { get; }

    public byte?[] InIndex { get; }

    public byte?[] OutIndex { get; }

    /// <summary>The IP header without options.</summary>
    public byte?[] Header { get; }

    /// <summary>The two ports.</summary>
    public byte?[] Transport { get; }

    /// <summary>The bit of its connection's state in rules; null where it is not known yet.</summary>
    public uint? State { get; }

    /// <summary>Whether its destination is an address of the host here, since it is yet to be translated.</summary>
    public bool IsForHost { get; }

    /// <summary>Whether its destination has been translated.</summary>
    public bool IsTranslated { get; }

    /// <summary>A 32-bit number in host order, as the registers have it.</summary>
    public static byte?[] Known(uint number)
    {
        byte[] bytes = new byte[4];
        MemoryMarshal.Write(bytes, number);
        return Array.ConvertAll(bytes, value => (byte?)value);
    }

    public static byte?[] Unknown(int length) => new byte?[length];

    private static byte?[] Index(IReadOnlyDictionary<string, int> indexes, string link) =>
        indexes.TryGetValue(link, out int index) ? Known((uint)index) : Unknown(4);

    private static byte?[] Name(string link)
    {
        byte?[] name = new byte?[NameLength];
        Array.Fill(name, (byte)0);
        byte[] bytes = Encoding.UTF8.GetBytes(link);
        for (int i = 0; i < Math.Min(bytes.Length, NameLength); i++)
        {
            name[i] = bytes[i];
        }

        return name;
    }

    private static byte?[] Bytes(IPAddress? address, int length) =>
        address is null ? Unknown(length) : Array.ConvertAll(address.GetAddressBytes(), value => (byte?)value);
}
