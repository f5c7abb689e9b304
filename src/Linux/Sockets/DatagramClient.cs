using System.Net;
using System.Net.Sockets;

using Microsoft.Win32.SafeHandles;

namespace Net.Linux.Sockets;

/// <summary>A UDP socket that speaks to one address and port. Never waits.</summary>
public sealed class DatagramClient : IDisposable
{
    private readonly RawSocket _socket;

    private DatagramClient(RawSocket socket) => _socket = socket;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle => _socket.Handle;

    /// <summary>Opens one in the network namespace of the calling thread.</summary>
    /// <exception cref="LinuxException">NetworkUnreachable: no route leads there. ProcessFileLimit: no descriptors left.</exception>
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

    /// <summary>Sends one datagram.</summary>
    /// <returns>None, or the error; the datagram is lost then. ConnectionRefused: nobody received an earlier one.</returns>
    public Errno Send(ReadOnlySpan<byte> datagram) => _socket.Send(datagram);

    /// <summary>Takes one datagram that has come.</summary>
    /// <returns>None; TryAgain: none is there. ConnectionRefused: nobody received what was sent.</returns>
    public Errno Receive(Span<byte> buffer, out int length) => _socket.Receive(buffer, ReceiveFlags.DoNotWait, [], out length);

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();
}
