using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Net.Cnm.Addresses;
using Net.Linux;
using Net.Linux.Sockets;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Surveys;

/// <summary>Asks by ARP who on a link has IPv4 addresses, and waits for all answers.</summary>
/// <remarks>An ARP probe (RFC 5227 1.1): its sender address is 0.0.0.0, so that no neighbour learns anything from it.</remarks>
internal static class AddressProbe
{
    private const int EthernetLength = 14;
    private const int FrameLength = EthernetLength + 28;
    private const ushort EthernetArp = 0x0806; // ETH_P_ARP

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>Asks on several links at once, in the namespace of the calling thread, and waits once.</summary>
    /// <param name="questions">The links with the addresses to ask for. One that is gone or down has no answers.</param>
    /// <returns>Each answer once.</returns>
    public static IReadOnlyCollection<(LinkMessage Link, IPAddress Address, MacAddress MacAddress)> Send(
        IEnumerable<(LinkMessage Link, IReadOnlyList<IPAddress> Addresses)> questions)
    {
        var asked = new List<(LinkMessage Link, HashSet<IPAddress> Addresses, RawSocket Socket)>();
        try
        {
            foreach ((LinkMessage link, IReadOnlyList<IPAddress> addresses) in questions)
            {
                if (Ask(link, addresses) is { } socket)
                {
                    asked.Add((link, [.. addresses], socket));
                }
            }

            if (asked.Count > 0)
            {
                Thread.Sleep(Patience);
            }

            return [.. asked.SelectMany(one => Collect(one.Socket, one.Addresses)
                .Select(answer => (one.Link, answer.Address, answer.MacAddress)))];
        }
        finally
        {
            asked.ForEach(one => one.Socket.Dispose());
        }
    }

    private static RawSocket? Ask(LinkMessage link, IReadOnlyList<IPAddress> addresses)
    {
        RawSocket? socket = null;
        try
        {
            socket = RawSocket.Open(
                SocketFamily.Packet, SocketType.Raw, BinaryPrimitives.ReverseEndianness(EthernetArp), blocks: false);
            Span<byte> place = stackalloc byte[20]; // struct sockaddr_ll
            place.Clear();
            MemoryMarshal.Write(place, (ushort)SocketFamily.Packet.Number);
            BinaryPrimitives.WriteUInt16BigEndian(place[2..], EthernetArp);
            MemoryMarshal.Write(place[4..], link.Index);
            socket.Bind(place);
            foreach (IPAddress address in addresses)
            {
                socket.Send(Frame(link.Address!.Value, address));
            }

            return socket;
        }
        catch (LinuxException)
        {
            socket?.Dispose();
            return null; // the link went down at this moment
        }
    }

    private static HashSet<(IPAddress Address, MacAddress MacAddress)> Collect(RawSocket socket, HashSet<IPAddress> asked)
    {
        var answers = new HashSet<(IPAddress Address, MacAddress MacAddress)>();
        byte[] frame = new byte[2048];
        while (socket.Receive(frame, ReceiveFlags.None, [], out int length) == Errno.None)
        {
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
