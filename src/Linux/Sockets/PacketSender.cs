using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Net.Linux.Sockets;

/// <summary>Sends whole Ethernet frames on one interface of the calling thread's network namespace: packet(7).</summary>
public static class PacketSender
{
    private const int AddressLength = 20; // sizeof(struct sockaddr_ll)

    /// <summary>Sends frames, in order. Its socket receives nothing and is closed before the return.</summary>
    /// <param name="interfaceIndex">The index of the interface in that namespace.</param>
    /// <param name="frames">The frames, each with its Ethernet header and without the frame check sequence.</param>
    /// <exception cref="LinuxException">NoDevice: the interface is gone. NetworkDown: it is down. NotPermitted: CAP_NET_RAW is
    /// missing.</exception>
    public static void Send(int interfaceIndex, IReadOnlyList<byte[]> frames)
    {
        // Protocol 0: no frame is received.
        using RawSocket socket = RawSocket.Open(SocketFamily.Packet, SocketType.Raw, 0);
        Span<byte> address = stackalloc byte[AddressLength];
        address.Clear();
        MemoryMarshal.Write(address, (ushort)SocketFamily.Packet.Number);
        MemoryMarshal.Write(address[4..], interfaceIndex);
        socket.Bind(address);
        foreach (byte[] frame in frames)
        {
            Errno errno = socket.Send(frame);
            if (errno != Errno.None)
            {
                throw new LinuxException("send an Ethernet frame", errno);
            }
        }
    }
}
