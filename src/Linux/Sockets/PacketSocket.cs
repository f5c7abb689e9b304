using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Net.Linux.Sockets;

/// <summary>Sends whole Ethernet frames on one interface, and receives none: packet(7).</summary>
public sealed class PacketSocket : IDisposable
{
    private const int AddressLength = 20; // sizeof(struct sockaddr_ll)

    private readonly RawSocket _socket;

    private PacketSocket(RawSocket socket) => _socket = socket;

    /// <summary>Opens a socket on an interface of the calling thread's network namespace, which it keeps alive.</summary>
    /// <param name="interfaceIndex">The index of the interface in that namespace.</param>
    /// <exception cref="LinuxException">NoDevice: the interface is gone. NetworkDown: it is down. NotPermitted: CAP_NET_RAW is
    /// missing.</exception>
    public static PacketSocket Open(int interfaceIndex)
    {
        // Protocol 0: no frame is received.
        RawSocket socket = RawSocket.Open(SocketFamily.Packet, SocketType.Raw, 0);
        try
        {
            Span<byte> address = stackalloc byte[AddressLength];
            address.Clear();
            MemoryMarshal.Write(address, (ushort)SocketFamily.Packet.Number);
            MemoryMarshal.Write(address[4..], interfaceIndex);
            socket.Bind(address);
            return new PacketSocket(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a frame.</summary>
    /// <param name="frame">The frame with its Ethernet header and without the frame check sequence.</param>
    /// <exception cref="LinuxException">NetworkDown: the interface is down. NoDevice: it is gone.</exception>
    public void Send(ReadOnlySpan<byte> frame)
    {
        Errno errno = _socket.Send(frame);
        if (errno != Errno.None)
        {
            throw new LinuxException("send an Ethernet frame", errno);
        }
    }

    /// <summary>Closes the socket. That takes the kernel some milliseconds: it waits until no processor handles a packet for the socket any
    /// more (net/packet/af_packet.c, packet_release).</summary>
    public void Dispose() => _socket.Dispose();
}
