using System.Buffers.Binary;
using System.Net;

using Net.Cnm.Addresses;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>Builds frames, honest and dishonest ones.</summary>
internal static class Frame
{
    public const byte Icmp = 1;
    public const byte Udp = 17;
    public const byte IcmpV6 = 58;
    private const byte HopByHop = 0;
    private const byte Fragment = 44;
    private const byte DestinationOptions = 60;

    public static byte[] Ethernet(string destination, string source, ushort type, params byte[] payload) =>
        [.. MacAddress.Parse(destination).ToBytes(), .. MacAddress.Parse(source).ToBytes(), .. Number(type), .. payload];

    /// <summary>The same frame with a tag after its addresses.</summary>
    public static byte[] Tagged(byte[] frame, ushort tagType, ushort vlan) =>
        [.. frame.AsSpan(0, 12), .. Number(tagType), .. Number(vlan), .. frame.AsSpan(12)];

    public static byte[] Arp(
        string frameSource, ushort operation, string sender, string senderAddress, string target, ushort hardware = 1) =>
        Ethernet(
        "ff:ff:ff:ff:ff:ff", frameSource, 0x0806,
        [
            .. Number(hardware), 8, 0, 6, 4, .. Number(operation), .. MacAddress.Parse(sender).ToBytes(), .. Address(senderAddress),
            .. new byte[6], .. Address(target),
        ]);

    public static byte[] IPv4(string to, string from, string source, string destination, byte protocol, params byte[] payload)
    {
        byte[] header =
        [
            0x45, 0, .. Number((ushort)(20 + payload.Length)), 0, 1, 0, 0, 64, protocol, 0, 0, .. Address(source), .. Address(destination),
        ];
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum(header));
        return Ethernet(to, from, 0x0800, [.. header, .. payload]);
    }

    public static byte[] IPv6(string to, string from, string source, string destination, byte next, params byte[] payload) => Ethernet(
        to,
        from,
        0x86DD,
        [0x60, 0, 0, 0, .. Number((ushort)payload.Length), next, 255, .. Address(source), .. Address(destination), .. payload]);

    public static byte[] Datagram(string text) =>
        [.. Number(7000), .. Number(7000), .. Number((ushort)(8 + text.Length)), 0, 0, .. System.Text.Encoding.ASCII.GetBytes(text)];

    /// <summary>An ICMPv6 message in a frame.</summary>
    public static byte[] Message(string to, string from, string source, string destination, params byte[] message) =>
        IPv6(to, from, source, destination, IcmpV6, Summed(source, destination, message));

    public static byte[] Solicitation(string target, params byte[] options) => [135, 0, 0, 0, 0, 0, 0, 0, .. Address(target), .. options];

    public static byte[] Advertisement(string target, params byte[] options) =>
        [136, 0, 0, 0, 0x20, 0, 0, 0, .. Address(target), .. options];

    public static byte[] RouterSolicitation(params byte[] options) => [133, 0, 0, 0, 0, 0, 0, 0, .. options];

    public static byte[] RouterAdvertisement { get; } = [134, 0, 0, 0, 64, 0, 7, 8, .. new byte[8]];

    public static byte[] Redirect(string target, string destination) =>
        [137, 0, 0, 0, 0, 0, 0, 0, .. Address(target), .. Address(destination)];

    public static byte[] LinkOption(byte kind, string address) => [kind, 1, .. MacAddress.Parse(address).ToBytes()];

    public static byte[] Nonce { get; } = [14, 1, 1, 2, 3, 4, 5, 6];

    /// <summary>A message behind a header of options.</summary>
    public static byte[] BehindOptions(string to, string from, string source, string destination, byte[] message) =>
        IPv6(to, from, source, destination, DestinationOptions, [IcmpV6, 0, 1, 4, 0, 0, 0, 0, .. Summed(source, destination, message)]);

    /// <summary>A message behind a hop-by-hop header, as multicast listeners send theirs.</summary>
    public static byte[] BehindHopByHop(string to, string from, string source, string destination, byte[] message) =>
        IPv6(to, from, source, destination, HopByHop, [IcmpV6, 0, 5, 2, 0, 0, 1, 0, .. Summed(source, destination, message)]);

    /// <summary>A message as the only fragment of its packet.</summary>
    public static byte[] Fragmented(string to, string from, string source, string destination, byte[] message) =>
        IPv6(to, from, source, destination, Fragment, [IcmpV6, 0, 0, 0, 0, 0, 0, 1, .. Summed(source, destination, message)]);

    /// <summary>A first fragment that ends within its headers.</summary>
    public static byte[] CutInHeaders(string to, string from, string source, string destination) =>
        IPv6(to, from, source, destination, Fragment, [DestinationOptions, 0, 0, 1, 0, 0, 0, 1, IcmpV6, 9, 1, 4, 0, 0, 0, 0]);

    private static byte[] Summed(string source, string destination, byte[] message)
    {
        byte[] summed = [.. message];
        byte[] pseudo = [.. Address(source), .. Address(destination), 0, 0, .. Number((ushort)message.Length), 0, 0, 0, IcmpV6, .. message];
        BinaryPrimitives.WriteUInt16BigEndian(summed.AsSpan(2), Checksum(pseudo));
        return summed;
    }

    private static byte[] Address(string address) => IPAddress.Parse(address).GetAddressBytes();

    private static byte[] Number(ushort number) => [(byte)(number >> 8), (byte)number];

    private static ushort Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i + 1 < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        sum += bytes.Length % 2 == 1 ? (uint)bytes[^1] << 8 : 0;
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }
}
