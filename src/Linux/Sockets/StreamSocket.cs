using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>A non-blocking TCP connection with TCP_NODELAY, used by plain system calls: tcp(7).</summary>
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

    /// <summary>Accepts one pending connection: accept4(2).</summary>
    /// <param name="listener">A listening socket. When it is a blocking one, the call waits for a connection.</param>
    /// <param name="connection">The accepted connection, or null on an error.</param>
    /// <returns>None, or the error. TryAgain: no connection is pending. ProcessFileLimit, SystemFileLimit: a connection is pending, but no
    /// descriptors are left.</returns>
    public static Errno Accept(SafeHandle listener, out StreamSocket? connection)
    {
        Errno errno = Descriptor.Accept(listener, out SafeFileHandle? accepted);
        connection = accepted is null ? null : new StreamSocket(accepted);
        return errno;
    }

    /// <summary>Starts to connect from the network namespace of the calling thread: connect(2). The attempt has ended when the socket
    /// becomes writable; <see cref="TakeError"/> then gives its outcome.</summary>
    /// <exception cref="LinuxException">ENETUNREACH: no route leads to the target. ProcessFileLimit, SystemFileLimit: no descriptors are
    /// left.</exception>
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

    /// <summary>Reads and clears the pending error of the socket (SO_ERROR): that of connecting, or one that has occurred since. None when
    /// there is no error.</summary>
    public unsafe Errno TakeError()
    {
        using DescriptorLease descriptor = _handle.Lease();
        int error = 0;
        socklen_t length = sizeof(int);
        SocketOption option = SocketOption.PendingError;
        return getsockopt(descriptor, option.Level, option.Name, &error, &length) == 0 ? new Errno(error) : Errno.Last;
    }

    /// <summary>Receives the bytes that are available: recv(2). The call is repeated when a signal interrupts it.</summary>
    /// <param name="buffer">Receives the bytes; must not be empty.</param>
    /// <param name="length">The number of bytes received; 0 without an error means that the peer has closed its sending side.</param>
    /// <returns>None, or the error. TryAgain: no bytes are available. Otherwise ECONNRESET and others.</returns>
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

    /// <summary>Sends as many bytes as the send buffer accepts: send(2). The call is repeated when a signal interrupts it.</summary>
    /// <param name="bytes">The bytes to send.</param>
    /// <param name="length">The number of bytes accepted.</param>
    /// <returns>None, or the error. TryAgain: the send buffer is full; wait until the socket is writable. Otherwise BrokenPipe, ECONNRESET
    /// and others.</returns>
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
