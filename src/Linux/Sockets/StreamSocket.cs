using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>A TCP connection by plain system calls. Never waits.</summary>
public sealed class StreamSocket : IDisposable
{
    private readonly SafeHandle _handle;

    private unsafe StreamSocket(SafeHandle handle)
    {
        _handle = handle;
        using DescriptorLease descriptor = handle.Lease();
        int on = 1;
        _ = setsockopt(descriptor, SocketOption.TcpNoDelay.Level, SocketOption.TcpNoDelay.Name, &on, sizeof(int));
    }

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeHandle Handle => _handle;

    /// <summary>Takes one connection that has come: accept4(2).</summary>
    /// <param name="listener">A listening socket; unless it is non-blocking, this waits when nothing has come.</param>
    /// <param name="connection">The connection, or null when there is none.</param>
    /// <returns>None; TryAgain: none is there. ProcessFileLimit, SystemFileLimit: one is there, and no descriptor for it.</returns>
    public static Errno Accept(SafeHandle listener, out StreamSocket? connection)
    {
        Errno errno = Descriptor.Accept(listener, out SafeFileHandle? accepted);
        connection = accepted is null ? null : new StreamSocket(accepted);
        return errno;
    }

    /// <summary>Begins to connect, from the network namespace of the calling thread; it is made when the socket becomes writable.</summary>
    /// <exception cref="LinuxException">NetworkUnreachable: no route leads there. ProcessFileLimit: no descriptors left.</exception>
    public static StreamSocket Connect(IPEndPoint target)
    {
        RawSocket socket = RawSocket.Open(SocketFamily.Of(target.AddressFamily), SocketType.Stream, (int)Transport.Tcp, blocks: false);
        Span<byte> bytes = stackalloc byte[SocketAddresses.Length];
        Errno errno = socket.TryConnect(bytes[..SocketAddresses.Write(bytes, target.Address, (ushort)target.Port)]);
        if (errno == Errno.None || errno == Errno.InProgress)
        {
            return new StreamSocket(socket.Handle);
        }

        socket.Dispose();
        throw new LinuxException("connect a socket", errno);
    }

    /// <summary>What became of connecting, and what has happened since: None, or the error, which is forgotten by being told
    /// (SO_ERROR).</summary>
    public unsafe Errno TakeError()
    {
        using DescriptorLease descriptor = _handle.Lease();
        int error = 0;
        socklen_t length = sizeof(int);
        SocketOption option = SocketOption.PendingError;
        return getsockopt(descriptor, option.Level, option.Name, &error, &length) == 0 ? new Errno(error) : Errno.Last;
    }

    /// <summary>Takes what has come.</summary>
    /// <param name="buffer">Where it goes; not empty.</param>
    /// <param name="length">How much came, in bytes; none without an error: the peer sends no more.</param>
    /// <returns>None; TryAgain: nothing is there. ConnectionReset and the like.</returns>
    public unsafe Errno Receive(Span<byte> buffer, out int length)
    {
        using DescriptorLease descriptor = _handle.Lease();
        fixed (byte* pointer = buffer)
        {
            while (true)
            {
                long received = recv(descriptor, pointer, buffer.Length, 0);
                length = (int)Math.Max(received, 0);
                if (received >= 0)
                {
                    return Errno.None;
                }

                Errno errno = Errno.Last;
                if (errno != Errno.Interrupted)
                {
                    return errno;
                }
            }
        }
    }

    /// <summary>Sends as much as the kernel takes.</summary>
    /// <param name="bytes">What to send.</param>
    /// <param name="length">How much of it was taken, in bytes.</param>
    /// <returns>None; TryAgain: nothing, until the socket is writable. BrokenPipe, ConnectionReset and the like.</returns>
    public unsafe Errno Send(ReadOnlySpan<byte> bytes, out int length)
    {
        using DescriptorLease descriptor = _handle.Lease();
        fixed (byte* pointer = bytes)
        {
            while (true)
            {
                long sent = send(descriptor, pointer, bytes.Length, MSG_NOSIGNAL);
                length = (int)Math.Max(sent, 0);
                if (sent >= 0)
                {
                    return Errno.None;
                }

                Errno errno = Errno.Last;
                if (errno != Errno.Interrupted)
                {
                    return errno;
                }
            }
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _handle.Dispose();
}
