using System.Net.Sockets;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using Net.Linux.Sockets;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>A socket of any address family, used by plain system calls; the netlink protocol runs over it.</summary>
/// <remarks>Only one thread may use a socket at a time, except that another thread may call <see cref="Dispose"/>.</remarks>
public sealed unsafe class RawSocket : IDisposable
{
    private RawSocket(SafeFileHandle handle) => Handle = handle;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens a close-on-exec socket in the network namespace of the calling thread: socket(2).</summary>
    /// <param name="family">The address family.</param>
    /// <param name="type">The socket type: Stream, Dgram or Raw.</param>
    /// <param name="protocol">The protocol number within the family; 0 selects its default protocol.</param>
    /// <param name="blocks">Whether calls on the socket block; otherwise they return TryAgain (SOCK_NONBLOCK).</param>
    /// <exception cref="LinuxException">AddressFamilyNotSupported, ProtocolNotSupported: the kernel lacks the family or protocol.
    /// ProcessFileLimit, SystemFileLimit: no descriptors are left. NotPermitted: a raw socket needs CAP_NET_RAW.</exception>
    public static RawSocket Open(SocketFamily family, SocketType type, int protocol, bool blocks = true)
    {
        int kind = NumberOf(type);
        int descriptor = socket(family.Number, kind | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK), protocol);
        return descriptor >= 0
            ? new RawSocket(new SafeFileHandle(descriptor, ownsHandle: true))
            : throw LinuxException.Last($"open a socket (family {family.Number}, type {kind}, protocol {protocol})");
    }

    /// <summary>Binds to a socket address given as the bytes of its C struct: bind(2).</summary>
    /// <exception cref="LinuxException">The error of bind(2): AddressInUse, AddressNotAvailable, AccessDenied and others.</exception>
    public void Bind(ReadOnlySpan<byte> address)
    {
        using DescriptorLease descriptor = Handle.Lease();
        fixed (byte* pointer = address)
        {
            if (bind(descriptor, (sockaddr*)pointer, address.Length) != 0)
            {
                throw LinuxException.Last("bind a socket");
            }
        }
    }

    /// <summary>Sets the peer address, given as the bytes of its C struct: connect(2).</summary>
    /// <exception cref="LinuxException">The error of connect(2): ENETUNREACH, ConnectionRefused and others.</exception>
    public void Connect(ReadOnlySpan<byte> address)
    {
        Errno errno = TryConnect(address);
        if (errno != Errno.None)
        {
            throw new LinuxException("connect a socket", errno);
        }
    }

    /// <summary>Sets the peer address as <see cref="Connect"/> does, but returns the error.</summary>
    /// <returns>The error, or None. InProgress: a non-blocking stream socket is still connecting.</returns>
    public Errno TryConnect(ReadOnlySpan<byte> address)
    {
        using DescriptorLease descriptor = Handle.Lease();
        fixed (byte* pointer = address)
        {
            return connect(descriptor, (sockaddr*)pointer, address.Length) == 0 ? Errno.None : Errno.Last;
        }
    }

    /// <summary>Makes the socket listen for connections: listen(2).</summary>
    /// <param name="backlog">The number of connections that may wait to be accepted.</param>
    /// <exception cref="LinuxException">AddressInUse: another socket listens on the same address and port.</exception>
    public void Listen(int backlog)
    {
        using DescriptorLease descriptor = Handle.Lease();
        if (listen(descriptor, backlog) != 0)
        {
            throw LinuxException.Last("listen on a socket");
        }
    }

    /// <summary>Hands the descriptor over to the caller, who closes it; this object no longer does.</summary>
    public nint Detach()
    {
        nint descriptor = Handle.DangerousGetHandle();
        Handle.SetHandleAsInvalid();
        return descriptor;
    }

    /// <summary>Sets an integer option: setsockopt(2).</summary>
    /// <returns>The error, or None. Kernels that do not know the option return ENOPROTOOPT; the caller decides whether that
    /// matters.</returns>
    public Errno SetOption(SocketOption option, int value)
    {
        using DescriptorLease descriptor = Handle.Lease();
        return setsockopt(descriptor, option.Level, option.Name, &value, sizeof(int)) == 0 ? Errno.None : Errno.Last;
    }

    /// <summary>Reads an option whose value is a C struct: getsockopt(2).</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">The buffer of the struct: its content is passed to the kernel, which overwrites it with the result.</param>
    /// <returns>The error, or None.</returns>
    public Errno GetOption(SocketOption option, Span<byte> value)
    {
        using DescriptorLease descriptor = Handle.Lease();
        socklen_t length = value.Length;
        fixed (byte* pointer = value)
        {
            return getsockopt(descriptor, option.Level, option.Name, pointer, &length) == 0 ? Errno.None : Errno.Last;
        }
    }

    /// <summary>Sends one message: send(2). The call is repeated when a signal interrupts it.</summary>
    /// <returns>The error, or None.</returns>
    public Errno Send(ReadOnlySpan<byte> message)
    {
        using DescriptorLease descriptor = Handle.Lease();
        fixed (byte* pointer = message)
        {
            while (send(descriptor, pointer, message.Length, 0) < 0)
            {
                Errno errno = Errno.Last;
                if (errno != Errno.Interrupted)
                {
                    return errno;
                }
            }
        }

        return Errno.None;
    }

    /// <summary>Receives one message: recvfrom(2). The call is repeated when a signal interrupts it.</summary>
    /// <param name="buffer">Receives the message; a message longer than the buffer is truncated.</param>
    /// <param name="flags">The flags of recvfrom(2). With <see cref="ReceiveFlags.FullLength"/>, <paramref name="length"/> is the length
    /// before truncation.</param>
    /// <param name="sender">Receives the sender's address as the bytes of its C struct; may be empty.</param>
    /// <param name="length">The message's length in bytes.</param>
    /// <returns>The error, or None. TryAgain: no message is queued, and the socket is non-blocking or <see cref="ReceiveFlags.DoNotWait"/>
    /// is set.</returns>
    public Errno Receive(Span<byte> buffer, ReceiveFlags flags, Span<byte> sender, out int length)
    {
        using DescriptorLease descriptor = Handle.Lease();
        fixed (byte* pointer = buffer, senderPointer = sender)
        {
            while (true)
            {
                socklen_t senderLength = sender.Length;
                long received = recvfrom(descriptor, pointer, buffer.Length, (int)flags, (sockaddr*)senderPointer, &senderLength);
                if (received >= 0)
                {
                    length = (int)received;
                    return Errno.None;
                }

                Errno errno = Errno.Last;
                if (errno != Errno.Interrupted)
                {
                    length = 0;
                    return errno;
                }
            }
        }
    }

    /// <summary>Receives one message with its control messages: recvmsg(2). The call is repeated when a signal interrupts it.</summary>
    /// <param name="control">Receives the control messages, each a struct cmsghdr and its data: cmsg(3).</param>
    /// <param name="controlLength">The length of these in bytes.</param>
    /// <inheritdoc cref="Receive(Span{byte}, ReceiveFlags, Span{byte}, out int)"/>
    public Errno Receive(
        Span<byte> buffer, ReceiveFlags flags, Span<byte> sender, Span<byte> control, out int length, out int controlLength)
    {
        using DescriptorLease descriptor = Handle.Lease();
        fixed (byte* pointer = buffer, senderPointer = sender, controlPointer = control)
        {
            var part = new iovec { iov_base = pointer, iov_len = buffer.Length };
            while (true)
            {
                var message = new msghdr
                {
                    msg_name = senderPointer,
                    msg_namelen = sender.Length,
                    msg_iov = &part,
                    msg_iovlen = 1,
                    msg_control = controlPointer,
                    msg_controllen = control.Length,
                };
                long received = recvmsg(descriptor, &message, (int)flags);
                if (received >= 0)
                {
                    (length, controlLength) = ((int)received, (int)message.msg_controllen);
                    return Errno.None;
                }

                Errno errno = Errno.Last;
                if (errno != Errno.Interrupted)
                {
                    (length, controlLength) = (0, 0);
                    return errno;
                }
            }
        }
    }

    /// <summary>Waits until a message or an error is pending: poll(2).</summary>
    /// <param name="timeout">The longest time to wait, rounded up to whole milliseconds; null waits without limit.</param>
    /// <returns>True when the socket is ready; false on a timeout or when a signal interrupted the wait.</returns>
    /// <exception cref="LinuxException">The error of poll(2).</exception>
    public bool WaitReadable(TimeSpan? timeout)
    {
        using DescriptorLease descriptor = Handle.Lease();
        var item = new pollfd { fd = descriptor, events = POLLIN };
        int milliseconds = timeout is { } time ? (int)Math.Min(int.MaxValue, Math.Ceiling(time.TotalMilliseconds)) : -1;
        int ready = Glibc.poll(&item, 1, milliseconds);
        if (ready < 0 && Errno.Last != Errno.Interrupted)
        {
            throw LinuxException.Last("wait for a socket");
        }

        return ready > 0;
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => Handle.Dispose();

    private static int NumberOf(SocketType type) => type switch
    {
        SocketType.Stream => SOCK_STREAM,
        SocketType.Dgram => SOCK_DGRAM,
        SocketType.Raw => SOCK_RAW,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "a socket is a stream, datagram or raw socket here"),
    };
}
