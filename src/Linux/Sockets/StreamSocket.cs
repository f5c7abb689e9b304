using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux.Sockets;

/// <summary>A TCP connection by plain system calls. Never waits.</summary>
public sealed class StreamSocket : IDisposable
{
    private const int StreamType = 1;
    private const int SocketLevel = 1;
    private const int PendingError = 4;
    private const int TcpLevel = 6;
    private const int NoDelay = 1;
    private const int NoSignal = 0x4000;

    private readonly SafeHandle _handle;

    private StreamSocket(SafeHandle handle)
    {
        _handle = handle;
        Set(handle, TcpLevel, NoDelay, 1);
    }

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeHandle Handle => _handle;

    /// <summary>Takes one connection that has come: accept4(2).</summary>
    /// <param name="listener">A listening socket; unless it is non-blocking, this waits when nothing has come.</param>
    /// <param name="connection">The connection, or null when there is none.</param>
    /// <returns>None; TryAgain: none is there. ProcessFileLimit, SystemFileLimit: one is there, and no descriptor for it.</returns>
    public static unsafe Errno Accept(SafeHandle listener, out StreamSocket? connection)
    {
        SafeFileHandle accepted = Libc.Accept(listener, null, null, Libc.SocketCloseOnExec | Libc.SocketNonBlocking);
        if (accepted.IsInvalid)
        {
            var errno = (Errno)Marshal.GetLastPInvokeError();
            accepted.Dispose();
            connection = null;
            return errno;
        }

        connection = new StreamSocket(accepted);
        return Errno.None;
    }

    /// <summary>Begins to connect, from the network namespace of the calling thread; it is made when the socket becomes writable.</summary>
    /// <exception cref="LinuxException">NetworkUnreachable: no route leads there. ProcessFileLimit: no descriptors left.</exception>
    public static StreamSocket Connect(IPEndPoint target)
    {
        bool isIPv6 = target.AddressFamily == AddressFamily.InterNetworkV6;
        RawSocket socket = RawSocket.Open(
            isIPv6 ? SocketAddresses.FamilyIPv6 : SocketAddresses.FamilyIPv4, StreamType | Libc.SocketNonBlocking, (int)Transport.Tcp);
        Span<byte> bytes = stackalloc byte[SocketAddresses.Length];
        Errno errno = socket.TryConnect(bytes[..SocketAddresses.Write(bytes, target.Address, (ushort)target.Port)]);
        if (errno is Errno.None or Errno.InProgress)
        {
            return new StreamSocket(socket.Handle);
        }

        socket.Dispose();
        throw new LinuxException("connect a socket", errno);
    }

    /// <summary>What became of connecting, and what has happened since: None, or the error, which is forgotten by being told (SO_ERROR).</summary>
    public unsafe Errno TakeError()
    {
        int error = 0;
        int length = sizeof(int);
        return Libc.GetSocketOption(_handle, SocketLevel, PendingError, &error, &length) == 0 ? (Errno)error : (Errno)Marshal.GetLastPInvokeError();
    }

    /// <summary>Takes what has come.</summary>
    /// <param name="buffer">Where it goes; not empty.</param>
    /// <param name="length">How much came, in bytes; none without an error: the peer sends no more.</param>
    /// <returns>None; TryAgain: nothing is there. ConnectionReset and the like.</returns>
    public unsafe Errno Receive(Span<byte> buffer, out int length)
    {
        fixed (byte* pointer = buffer)
        {
            while (true)
            {
                nint received = Libc.ReceiveFrom(_handle, pointer, buffer.Length, 0, null, null);
                length = (int)Math.Max(received, 0);
                if (received >= 0)
                {
                    return Errno.None;
                }

                var errno = (Errno)Marshal.GetLastPInvokeError();
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
        fixed (byte* pointer = bytes)
        {
            while (true)
            {
                nint sent = Libc.Send(_handle, pointer, bytes.Length, NoSignal);
                length = (int)Math.Max(sent, 0);
                if (sent >= 0)
                {
                    return Errno.None;
                }

                var errno = (Errno)Marshal.GetLastPInvokeError();
                if (errno != Errno.Interrupted)
                {
                    return errno;
                }
            }
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _handle.Dispose();

    private static unsafe void Set(SafeHandle socket, int level, int name, int value) =>
        _ = Libc.SetSocketOption(socket, level, name, &value, sizeof(int));
}
