using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>Opens, reads and writes file descriptors of any kind. Reading and writing return an <see cref="Errno"/> instead of throwing,
/// since most of those errors (EAGAIN, EPIPE) are part of normal operation.</summary>
public static class Descriptor
{
    private const int OwnerOnly = 0x180; // 0600

    /// <summary>Reads the bytes that are available: read(2). The call is repeated when a signal interrupts it.</summary>
    /// <param name="descriptor">An open descriptor.</param>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="length">The number of bytes read; 0 without an error means end of file.</param>
    /// <returns>None, or the error. TryAgain: the descriptor is non-blocking and has no bytes to read.</returns>
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

    /// <summary>Reads bytes from the beginning of a file, wherever the descriptor stands: pread(2). The call is repeated when a signal
    /// interrupts it.</summary>
    /// <param name="descriptor">An open descriptor of a file.</param>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="length">The number of bytes read.</param>
    /// <returns>None, or the error.</returns>
    public static unsafe Errno ReadFromStart(SafeHandle descriptor, Span<byte> buffer, out int length)
    {
        using DescriptorLease number = descriptor.Lease();
        fixed (byte* pointer = buffer)
        {
            while (true)
            {
                long count = pread(number, pointer, buffer.Length, 0);
                if (Finished(count, out length, out Errno errno))
                {
                    return errno;
                }
            }
        }
    }

    /// <summary>Writes as many bytes as the descriptor accepts: write(2). The call is repeated when a signal interrupts it.</summary>
    /// <param name="descriptor">An open descriptor. SIGPIPE must be ignored in this process, see
    /// <see cref="Processes.Signals.IgnoreBrokenPipe"/>.</param>
    /// <param name="bytes">The bytes to write.</param>
    /// <param name="length">The number of bytes written.</param>
    /// <returns>None, or the error. TryAgain: the descriptor is non-blocking and its buffer is full. BrokenPipe: the reading end is
    /// closed.</returns>
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

    /// <summary>Writes all bytes by repeated write(2); blocks as needed when the descriptor is a blocking one.</summary>
    /// <returns>None, or the first error; some of the bytes may have been written by then. TryAgain: the descriptor is non-blocking and its
    /// buffer is full.</returns>
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

    /// <summary>Writes all bytes at an offset of a file by repeated pwrite(2); the file grows as needed.</summary>
    /// <param name="file">A file that is open for writing, without O_APPEND.</param>
    /// <param name="bytes">The bytes to write.</param>
    /// <param name="offset">The offset in the file at which the first byte is written.</param>
    /// <returns>None, or the first error; some of the bytes may have been written by then. NoSpace: the disk is full.</returns>
    public static unsafe Errno WriteAllAt(SafeHandle file, ReadOnlySpan<byte> bytes, long offset)
    {
        using DescriptorLease number = file.Lease();
        fixed (byte* pointer = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                long count = pwrite(number, pointer + done, bytes.Length - done, offset + done);
                if (Finished(count, out int written, out Errno errno) && written == 0)
                {
                    return errno == Errno.None ? Errno.NoSpace : errno;
                }

                done += written;
            }
        }

        return Errno.None;
    }

    /// <summary>Makes a descriptor non-blocking: its calls return TryAgain instead of waiting. Source: fcntl(2), O_NONBLOCK.</summary>
    /// <exception cref="LinuxException">The error of fcntl(2).</exception>
    public static void SetNonBlocking(SafeHandle descriptor)
    {
        using DescriptorLease number = descriptor.Lease();
        int flags = fcntl(number, F_GETFL);
        if (flags < 0 || fcntl(number, F_SETFL, flags | O_NONBLOCK) != 0)
        {
            throw LinuxException.Last("make a descriptor non-blocking");
        }
    }

    /// <summary>Opens a file for appending, close-on-exec; creates it with mode 0600 (less the umask) when it does not exist: open(2),
    /// O_APPEND.</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenAppend(string path) =>
        Files.OpenOrThrow(path, O_WRONLY | O_CREAT | O_APPEND, $"open {path}", OwnerOnly);

    /// <summary>Opens a file for reading and writing, close-on-exec; creates it with mode 0600 (less the umask) when it does not exist:
    /// open(2). A symbolic link is not followed.</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenOrCreate(string path) =>
        Files.OpenOrThrow(path, O_RDWR | O_CREAT | O_NOFOLLOW, $"open {path}", OwnerOnly);

    /// <summary>Opens a file or directory as a location only, not for reading: open(2), O_PATH. Symbolic links are followed.
    /// <see cref="PathOf"/> gives a path to it.</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenPlace(string path) => Files.OpenOrThrow(path, O_PATH, $"open {path}");

    /// <summary>Opens a file or directory as <see cref="OpenPlace"/> does, but does not follow a symbolic link at <paramref name="path"/>:
    /// the descriptor then refers to the link itself (O_NOFOLLOW).</summary>
    /// <exception cref="LinuxException">The error of open(2).</exception>
    public static SafeFileHandle OpenPlaceOrLink(string path) => Files.OpenOrThrow(path, O_PATH | O_NOFOLLOW, $"open {path}");

    /// <summary>Gives the path /proc/self/fd/N, which leads to the file that a descriptor of this process is open on. It is short whatever
    /// the length of the file's own path.</summary>
    public static string PathOf(SafeHandle descriptor) => $"/proc/self/fd/{descriptor.DangerousGetHandle()}";

    /// <summary>Accepts one pending connection; the new descriptor is non-blocking and close-on-exec: accept4(2).</summary>
    /// <param name="listener">A listening socket. When it is a blocking one, the call waits for a connection.</param>
    /// <param name="connection">The accepted connection, or null on an error.</param>
    /// <returns>None, or the error. TryAgain: the listener is non-blocking and no connection is pending.</returns>
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
