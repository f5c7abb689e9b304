using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Net.Kernel.Announcements;

/// <summary>Builds the Ethernet frame by which the holder of an address tells its neighbours which Ethernet address it has. A neighbour
/// that has an entry for the address corrects it; one that has none makes none.</summary>
internal static class AnnouncementFrames
{
    private const int EthernetLength = 14;
    private const int ArpLength = 28;
    private const int IPv6Length = 40;
    private const int AdvertisementLength = 32;
    private const byte IcmpV6 = 58; // IPPROTO_ICMPV6

    private static readonly byte[] Broadcast = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff];

    /// <summary>The group address ff02::1 of all nodes on the link, and the Ethernet address that it is sent to (RFC 2464 7).</summary>
    private static readonly byte[] AllNodesEthernet = [0x33, 0x33, 0, 0, 0, 1];

    private static readonly byte[] AllNodes = [0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

    /// <summary>A gratuitous ARP for an IPv4 address, an unsolicited neighbour advertisement for an IPv6 address.</summary>
    /// <param name="mac">The six bytes of the holder's Ethernet address.</param>
    /// <param name="address">The address that is announced.</param>
    public static byte[] For(ReadOnlySpan<byte> mac, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? GratuitousArp(mac, address) : Advertisement(mac, address);

    /// <remarks>An ARP announcement (RFC 5227 1.1): a request whose sender and target protocol addresses are both the address.</remarks>
    private static byte[] GratuitousArp(ReadOnlySpan<byte> mac, IPAddress address)
    {
        byte[] frame = new byte[EthernetLength + ArpLength];
        Header(frame, Broadcast, mac, 0x0806); // ETH_P_ARP
        Span<byte> arp = frame.AsSpan(EthernetLength);
        BinaryPrimitives.WriteUInt16BigEndian(arp, 1); // ARPHRD_ETHER
        BinaryPrimitives.WriteUInt16BigEndian(arp[2..], 0x0800); // ETH_P_IP
        arp[4] = 6;
        arp[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(arp[6..], 1); // ARPOP_REQUEST
        mac.CopyTo(arp[8..]);
        address.TryWriteBytes(arp[14..], out _);
        address.TryWriteBytes(arp[24..], out _);
        return frame;
    }

    /// <remarks>RFC 4861 4.4 and 7.2.6: to all nodes, with the override flag and the target link-layer address option. Neither the router
    /// flag, since a sandbox is none, nor the solicited flag is set. The hop limit is 255.</remarks>
    private static byte[] Advertisement(ReadOnlySpan<byte> mac, IPAddress address)
    {
        byte[] frame = new byte[EthernetLength + IPv6Length + AdvertisementLength];
        Header(frame, AllNodesEthernet, mac, 0x86dd); // ETH_P_IPV6
        Span<byte> packet = frame.AsSpan(EthernetLength);
        packet[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], AdvertisementLength);
        packet[6] = IcmpV6;
        packet[7] = 255;
        address.TryWriteBytes(packet[8..], out _);
        AllNodes.CopyTo(packet[24..]);

        Span<byte> message = packet[IPv6Length..];
        message[0] = 136; // ND_NEIGHBOR_ADVERT
        message[4] = 0x20; // ND_NA_FLAG_OVERRIDE
        address.TryWriteBytes(message[8..], out _);
        message[24] = 2; // ND_OPT_TARGET_LINKADDR
        message[25] = 1; // in units of 8 octets
        mac.CopyTo(message[26..]);
        BinaryPrimitives.WriteUInt16BigEndian(message[2..], Checksum(packet.Slice(8, 32), message));
        return frame;
    }

    private static void Header(Span<byte> frame, ReadOnlySpan<byte> destination, ReadOnlySpan<byte> source, ushort type)
    {
        destination.CopyTo(frame);
        source.CopyTo(frame[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], type);
    }

    /// <remarks>The Internet checksum over the pseudo-header of RFC 8200 8.1 and the message.</remarks>
    private static ushort Checksum(ReadOnlySpan<byte> addresses, ReadOnlySpan<byte> message)
    {
        uint sum = (uint)message.Length + IcmpV6 + Sum(addresses) + Sum(message);
        while (sum > ushort.MaxValue)
        {
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i += 2)
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes[i..]);
        }

        return sum;
    }
}
