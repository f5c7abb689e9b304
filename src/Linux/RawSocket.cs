using System.Net.Sockets;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using Net.Linux.Sockets;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>A socket of any family by plain system calls; netlink is spoken over it.</summary>
/// <remarks>Not safe for two threads at once, except that <see cref="Dispose"/> may come from another one.</remarks>
public sealed unsafe class RawSocket : IDisposable
{
    private RawSocket(SafeFileHandle handle) => Handle = handle;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens a close-on-exec socket in the network namespace of the calling thread: socket(2).</summary>
    /// <param name="family">The address family.</param>
    /// <param name="type">Stream, Dgram or Raw.</param>
    /// <param name="protocol">The protocol number of that family.</param>
    /// <param name="blocks">Whether calls wait; else they answer TryAgain.</param>
    /// <exception cref="LinuxException">The kernel lacks the family or protocol, or the descriptor limit is reached.</exception>
    public static RawSocket Open(SocketFamily family, SocketType type, int protocol, bool blocks = true)
    {
        int kind = NumberOf(type);
        int descriptor = socket(family.Number, kind | SOCK_CLOEXEC | (blocks ? 0 : SOCK_NONBLOCK), protocol);
        return descriptor >= 0
            ? new RawSocket(new SafeFileHandle(descriptor, ownsHandle: true))
            : throw LinuxException.Last($"open a socket (family {family.Number}, type {kind}, protocol {protocol})");
    }

    /// <summary>Binds to a socket address given as the bytes of its C struct: bind(2).</summary>
    /// <exception cref="LinuxException">AddressInUse, AddressNotAvailable, AccessDenied and the like.</exception>
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

    /// <summary>Sets the peer, given as the bytes of a C struct: connect(2).</summary>
    /// <exception cref="LinuxException">NetworkUnreachable and the like.</exception>
    public void Connect(ReadOnlySpan<byte> address)
    {
        Errno errno = TryConnect(address);
        if (errno != Errno.None)
        {
            throw new LinuxException("connect a socket", errno);
        }
    }

    /// <summary>Sets the peer, for callers that expect that it cannot be done, or not at once.</summary>
    /// <returns>The error, or None. InProgress: a non-blocking stream socket is still connecting.</returns>
    public Errno TryConnect(ReadOnlySpan<byte> address)
    {
        using DescriptorLease descriptor = Handle.Lease();
        fixed (byte* pointer = address)
        {
            return connect(descriptor, (sockaddr*)pointer, address.Length) == 0 ? Errno.None : Errno.Last;
        }
    }

    /// <summary>Makes it accept connections: listen(2).</summary>
    /// <exception cref="LinuxException">AddressInUse: another one listens there.</exception>
    public void Listen(int backlog)
    {
        using DescriptorLease descriptor = Handle.Lease();
        if (listen(descriptor, backlog) != 0)
        {
            throw LinuxException.Last("listen on a socket");
        }
    }

    /// <summary>Gives the descriptor away; this object no longer closes it.</summary>
    public nint Detach()
    {
        nint descriptor = Handle.DangerousGetHandle();
        Handle.SetHandleAsInvalid();
        return descriptor;
    }

    /// <summary>Sets an integer option: setsockopt(2).</summary>
    /// <returns>The error, or None; an option that this kernel does not know is the caller's to judge.</returns>
    public Errno SetOption(SocketOption option, int value)
    {
        using DescriptorLease descriptor = Handle.Lease();
        return setsockopt(descriptor, option.Level, option.Name, &value, sizeof(int)) == 0 ? Errno.None : Errno.Last;
    }

    /// <summary>Reads an option that is a C struct: getsockopt(2).</summary>
    /// <param name="option">The option.</param>
    /// <param name="value">What the kernel is asked with, in; its answer, out.</param>
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

    /// <summary>Sends one message whole: send(2). Tries again when a signal interrupts.</summary>
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

    /// <summary>Receives one message: recvfrom(2). Tries again when a signal interrupts.</summary>
    /// <param name="buffer">Where it goes; what does not fit is cut.</param>
    /// <param name="flags">How to receive; with <see cref="ReceiveFlags.FullLength"/> the length is that before cutting.</param>
    /// <param name="sender">Takes the sender's address; may be empty.</param>
    /// <param name="length">The message's length in bytes.</param>
    /// <returns>The error, or None. TryAgain: nothing is there and <see cref="ReceiveFlags.DoNotWait"/> was asked for.</returns>
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

    /// <summary>Waits until a message or an error is there: poll(2).</summary>
    /// <param name="timeout">How long; null for ever. Rounded up to whole milliseconds.</param>
    /// <returns>False when the time is over.</returns>
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
