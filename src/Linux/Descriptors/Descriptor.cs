using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>Reads and writes descriptors of any kind; errors are values, since most of them are everyday events.</summary>
public static class Descriptor
{
    private const int OwnerOnly = 0x180; // 0600

    /// <summary>Reads what is there: read(2). Tries again when a signal interrupts.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="buffer">Where the bytes go.</param>
    /// <param name="length">How many bytes came; 0 without an error is end of file.</param>
    /// <returns>None, or the error: TryAgain when the descriptor does not wait and nothing is there.</returns>
    public static unsafe Errno Read(SafeHandle descriptor, Span<byte> buffer, out int length)
    {
        using DescriptorLease number = descriptor.Lease();
        fixed (byte* pointer = buffer)
        {
            while (true)
            {
                long count = read(number, pointer, buffer.Length);
                if (Finished(count, out length, out Errno errno))
                {
                    return errno;
                }
            }
        }
    }

    /// <summary>Writes as much as goes in: write(2). Tries again when a signal interrupts.</summary>
    /// <param name="descriptor">An open descriptor; SIGPIPE must be ignored.</param>
    /// <param name="bytes">What to write.</param>
    /// <param name="length">How many bytes went.</param>
    /// <returns>None, or the error: TryAgain when the descriptor does not wait and is full, BrokenPipe when nobody reads.</returns>
    public static unsafe Errno Write(SafeHandle descriptor, ReadOnlySpan<byte> bytes, out int length)
    {
        using DescriptorLease number = descriptor.Lease();
        fixed (byte* pointer = bytes)
        {
            while (true)
            {
                long count = write(number, pointer, bytes.Length);
                if (Finished(count, out length, out Errno errno))
                {
                    return errno;
                }
            }
        }
    }

    /// <summary>Writes all bytes, waiting as needed.</summary>
    /// <returns>None, or the error that stopped it.</returns>
    public static Errno WriteAll(SafeHandle descriptor, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            Errno errno = Write(descriptor, bytes, out int written);
            if (errno != Errno.None)
            {
                return errno;
            }

            bytes = bytes[written..];
        }

        return Errno.None;
    }

    /// <summary>Makes a descriptor answer TryAgain instead of waiting: O_NONBLOCK.</summary>
    /// <exception cref="LinuxException">The descriptor is not open.</exception>
    public static void SetNonBlocking(SafeHandle descriptor)
    {
        using DescriptorLease number = descriptor.Lease();
        int flags = fcntl(number, F_GETFL);
        if (flags < 0 || fcntl(number, F_SETFL, flags | O_NONBLOCK) != 0)
        {
            throw LinuxException.Last("make a descriptor non-blocking");
        }
    }

    /// <summary>Opens a file to append to, made with mode 0600 when it is not there.</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenAppend(string path) =>
        Files.OpenOrThrow(path, O_WRONLY | O_CREAT | O_APPEND, $"open {path}", OwnerOnly);

    /// <summary>Opens a file or directory as a place only, not to read it: O_PATH. <see cref="PathOf"/> then names it.</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenPlace(string path) => Files.OpenOrThrow(path, O_PATH, $"open {path}");

    /// <summary>The same, but a link is the place itself.</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenPlaceOrLink(string path) => Files.OpenOrThrow(path, O_PATH | O_NOFOLLOW, $"open {path}");

    /// <summary>A path to what a descriptor of the calling thread's process is open on, short however long its real one is.</summary>
    public static string PathOf(SafeHandle descriptor) => $"/proc/self/fd/{descriptor.DangerousGetHandle()}";

    /// <summary>Takes one connection that has come; its descriptor does not wait and is closed on exec: accept4(2).</summary>
    /// <param name="listener">A listening socket; unless it is non-blocking, this waits when nothing has come.</param>
    /// <param name="connection">The connection, or null when there is none.</param>
    /// <returns>None, or the error.</returns>
    internal static unsafe Errno Accept(SafeHandle listener, out SafeFileHandle? connection)
    {
        using DescriptorLease number = listener.Lease();
        int accepted = accept4(number, null, null, SOCK_CLOEXEC | SOCK_NONBLOCK);
        connection = accepted < 0 ? null : new SafeFileHandle(accepted, ownsHandle: true);
        return accepted < 0 ? Errno.Last : Errno.None;
    }

    private static bool Finished(long count, out int length, out Errno errno)
    {
        length = (int)Math.Max(count, 0);
        errno = count >= 0 ? Errno.None : Errno.Last;
        return errno != Errno.Interrupted;
    }
}
