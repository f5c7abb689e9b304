using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux;

/// <summary>A blocking socket of any family, by plain system calls; what netlink is spoken over.</summary>
/// <remarks>Not safe for two threads at once, save that <see cref="Dispose"/> may come from another one.</remarks>
public sealed class RawSocket : IDisposable
{
    private RawSocket(SafeFileHandle handle) => Handle = handle;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Opens a close-on-exec socket in the network namespace of the calling thread: socket(2).</summary>
    /// <param name="family">AF_*.</param>
    /// <param name="type">SOCK_*.</param>
    /// <param name="protocol">The protocol number of that family.</param>
    /// <exception cref="LinuxException">The kernel lacks the family or protocol, or the descriptor limit is reached.</exception>
    public static RawSocket Open(int family, int type, int protocol)
    {
        SafeFileHandle handle = Libc.Socket(family, type | Libc.SocketCloseOnExec, protocol);
        if (handle.IsInvalid)
        {
            LinuxException error = LinuxException.Last($"open a socket (family {family}, type {type}, protocol {protocol})");
            handle.Dispose();
            throw error;
        }

        return new RawSocket(handle);
    }

    /// <summary>Binds to a socket address given as the bytes of its C struct: bind(2).</summary>
    /// <exception cref="LinuxException">AddressInUse, AddressNotAvailable, AccessDenied and the like.</exception>
    public unsafe void Bind(ReadOnlySpan<byte> address)
    {
        fixed (byte* pointer = address)
        {
            if (Libc.Bind(Handle, pointer, address.Length) != 0)
            {
                throw LinuxException.Last("bind a socket");
            }
        }
    }

    /// <summary>Sets whom it speaks to, given as the bytes of a C struct: connect(2).</summary>
    /// <exception cref="LinuxException">NetworkUnreachable and the like.</exception>
    public void Connect(ReadOnlySpan<byte> address)
    {
        Errno errno = TryConnect(address);
        if (errno != Errno.None)
        {
            throw new LinuxException("connect a socket", errno);
        }
    }

    /// <summary>The same for who expects that it cannot be done, or not at once.</summary>
    /// <returns>The error, or None. InProgress: a non-blocking stream socket is on its way.</returns>
    public unsafe Errno TryConnect(ReadOnlySpan<byte> address)
    {
        fixed (byte* pointer = address)
        {
            return Libc.Connect(Handle, pointer, address.Length) == 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Makes it accept connections: listen(2).</summary>
    /// <exception cref="LinuxException">AddressInUse: another one listens there.</exception>
    public void Listen(int backlog)
    {
        if (Libc.Listen(Handle, backlog) != 0)
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
    public unsafe Errno SetOption(int level, int name, int value) =>
        Libc.SetSocketOption(Handle, level, name, &value, sizeof(int)) == 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();

    /// <summary>Reads an option that is a C struct: getsockopt(2).</summary>
    /// <param name="level">SOL_*.</param>
    /// <param name="name">The option.</param>
    /// <param name="value">What the kernel is asked with, in; its answer, out.</param>
    /// <returns>The error, or None.</returns>
    public unsafe Errno GetOption(int level, int name, Span<byte> value)
    {
        int length = value.Length;
        fixed (byte* pointer = value)
        {
            return Libc.GetSocketOption(Handle, level, name, pointer, &length) == 0 ? Errno.None : (Errno)Marshal.GetLastPInvokeError();
        }
    }

    /// <summary>Sends one message whole: send(2). Tries again when a signal interrupts.</summary>
    /// <returns>The error, or None.</returns>
    public unsafe Errno Send(ReadOnlySpan<byte> message)
    {
        fixed (byte* pointer = message)
        {
            while (Libc.Send(Handle, pointer, message.Length, 0) < 0)
            {
                var errno = (Errno)Marshal.GetLastPInvokeError();
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
    public unsafe Errno Receive(Span<byte> buffer, ReceiveFlags flags, Span<byte> sender, out int length)
    {
        fixed (byte* pointer = buffer, senderPointer = sender)
        {
            while (true)
            {
                int senderLength = sender.Length;
                nint received = Libc.ReceiveFrom(Handle, pointer, buffer.Length, (int)flags, senderPointer, &senderLength);
                if (received >= 0)
                {
                    length = (int)received;
                    return Errno.None;
                }

                var errno = (Errno)Marshal.GetLastPInvokeError();
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
    public unsafe bool WaitReadable(TimeSpan? timeout)
    {
        bool added = false;
        try
        {
            Handle.DangerousAddRef(ref added);
            var descriptor = new Libc.PollDescriptor { Descriptor = (int)Handle.DangerousGetHandle(), Events = Libc.PollIn };
            int milliseconds = timeout is { } time ? (int)Math.Min(int.MaxValue, Math.Ceiling(time.TotalMilliseconds)) : -1;
            int ready = Libc.Poll(&descriptor, 1, milliseconds);
            if (ready < 0 && (Errno)Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                throw LinuxException.Last("wait for a socket");
            }

            return ready > 0;
        }
        finally
        {
            if (added)
            {
                Handle.DangerousRelease();
            }
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => Handle.Dispose();
}
