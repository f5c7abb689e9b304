using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Net.Cnm.Addresses;
using Net.Linux;
using Net.Linux.Sockets;
using Net.Netlink;

namespace Net.Kernel.Surveys;

/// <summary>Asks by ARP who on a link has IPv4 addresses, and waits for all answers.</summary>
/// <remarks>An ARP probe (RFC 5227 1.1): its sender address is 0.0.0.0, so that no neighbour learns anything from it.</remarks>
internal static class AddressProbe
{
    private const int EthernetLength = 14;
    private const int FrameLength = EthernetLength + 28;
    private const ushort EthernetArp = 0x0806; // ETH_P_ARP

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks in the namespace of the calling thread.</summary>
    /// <param name="link">The index of the link.</param>
    /// <param name="sender">The link's Ethernet address.</param>
    /// <param name="addresses">The addresses.</param>
    /// <returns>Each answer once.</returns>
    /// <exception cref="LinuxException">The link is gone or down.</exception>
    public static IReadOnlyCollection<(IPAddress Address, MacAddress MacAddress)> Send(
        int link, HardwareAddress sender, IReadOnlyList<IPAddress> addresses)
    {
        using RawSocket socket = RawSocket.Open(
            SocketFamily.Packet, SocketType.Raw, BinaryPrimitives.ReverseEndianness(EthernetArp), blocks: false);
        Span<byte> place = stackalloc byte[20]; // struct sockaddr_ll
        place.Clear();
        MemoryMarshal.Write(place, (ushort)SocketFamily.Packet.Number);
        BinaryPrimitives.WriteUInt16BigEndian(place[2..], EthernetArp);
        MemoryMarshal.Write(place[4..], link);
        socket.Bind(place);
        foreach (IPAddress address in addresses)
        {
            socket.Send(Frame(sender, address));
        }

        return Collect(socket, addresses.ToHashSet());
    }

    private static HashSet<(IPAddress Address, MacAddress MacAddress)> Collect(RawSocket socket, HashSet<IPAddress> asked)
    {
        var answers = new HashSet<(IPAddress Address, MacAddress MacAddress)>();
        byte[] frame = new byte[2048];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) is var passed && passed < Patience)
        {
            if (!socket.WaitReadable(Patience - passed) || socket.Receive(frame, ReceiveFlags.None, [], out int length) != Errno.None)
            {
                continue;
            }

            ReadOnlySpan<byte> arp = frame.AsSpan(EthernetLength);
            if (length >= FrameLength && BinaryPrimitives.ReadUInt16BigEndian(arp[6..]) == 2 // ARPOP_REPLY
                && new IPAddress(arp.Slice(14, 4)) is var address && asked.Contains(address))
            {
                answers.Add((address, MacAddress.FromBytes(arp.Slice(8, 6))));
            }
        }

        return answers;
    }

    private static byte[] Frame(HardwareAddress sender, IPAddress address)
    {
        byte[] frame = new byte[FrameLength];
        frame.AsSpan(0, 6).Fill(0xff);
        sender.Bytes.CopyTo(frame.AsSpan(6));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), EthernetArp);
        Span<byte> arp = frame.AsSpan(EthernetLength);
        BinaryPrimitives.WriteUInt16BigEndian(arp, 1); // ARPHRD_ETHER
        BinaryPrimitives.WriteUInt16BigEndian(arp[2..], 0x0800); // ETH_P_IP
        arp[4] = 6;
        arp[5] = 4;
        BinaryPrimitives.WriteUInt16BigEndian(arp[6..], 1); // ARPOP_REQUEST
        sender.Bytes.CopyTo(arp[8..]);
        address.TryWriteBytes(arp[24..], out _);
        return frame;
    }
}
