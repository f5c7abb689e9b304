using System.Net;
using System.Net.Sockets;

using Microsoft.Win32.SafeHandles;

namespace Net.Linux.Sockets;

/// <summary>A non-blocking UDP socket that is connected to one address and port: udp(7).</summary>
public sealed class DatagramClient : IDisposable
{
    private readonly RawSocket _socket;

    private DatagramClient(RawSocket socket) => _socket = socket;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle => _socket.Handle;

    /// <summary>Opens a socket in the network namespace of the calling thread and connects it to <paramref name="target"/>.</summary>
    /// <exception cref="LinuxException">ENETUNREACH: no route leads to the target. ProcessFileLimit, SystemFileLimit: no descriptors are
    /// left.</exception>
    public static DatagramClient Open(IPEndPoint target)
    {
        RawSocket socket = RawSocket.Open(SocketFamily.Of(target.AddressFamily), SocketType.Dgram, (int)Transport.Udp, blocks: false);
        try
        {
            Span<byte> bytes = stackalloc byte[SocketAddresses.Length];
            socket.Connect(bytes[..SocketAddresses.Write(bytes, target.Address, (ushort)target.Port)]);
            return new DatagramClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends one datagram to the target: send(2).</summary>
    /// <returns>None, or the error, in which case the datagram is lost. ConnectionRefused: an earlier datagram was answered by an ICMP port
    /// unreachable message.</returns>
    public Errno Send(ReadOnlySpan<byte> datagram) => _socket.Send(datagram);

    /// <summary>Receives one pending datagram from the target: recvfrom(2).</summary>
    /// <param name="buffer">Receives the datagram; a datagram longer than the buffer is truncated.</param>
    /// <param name="length">The length of the datagram in bytes.</param>
    /// <returns>None, or the error. TryAgain: no datagram is pending. ConnectionRefused: an earlier datagram was answered by an ICMP port
    /// unreachable message.</returns>
    public Errno Receive(Span<byte> buffer, out int length) => _socket.Receive(buffer, ReceiveFlags.DoNotWait, [], out length);

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();
}
