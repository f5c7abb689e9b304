using System.Buffers;
using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Reads small text files whole, and writes them in place: they keep their inode, since they are bind-mounted elsewhere and a bind
/// mount would not show a replacement file.</summary>
public static class TextFile
{
    private const int FirstRead = 4096; // most are no longer

    private const uint ReadableByAll = 0x1A4; // 0644

    /// <summary>Replaces the whole text of a file; creates the file with mode 0644, whatever the umask is, when it does not exist: open(2),
    /// O_TRUNC.</summary>
    /// <param name="path">The path of the file. Its directory must exist; a symbolic link is not followed.</param>
    /// <param name="content">The text, written as UTF-8 without a byte-order mark.</param>
    /// <exception cref="LinuxException">SymbolicLinkLoop: the path is a symbolic link. NoEntry: the directory does not exist. Otherwise the
    /// error of open(2) or write(2), such as NoSpace.</exception>
    public static void Write(string path, string content)
    {
        using SafeFileHandle present = Files.Open(path, O_WRONLY | O_TRUNC | O_NOFOLLOW);
        using SafeFileHandle file = present.IsInvalid && Errno.Last == Errno.NoEntry ? Create(path) : present;
        if (file.IsInvalid)
        {
            throw LinuxException.Last($"write {path}");
        }

        Errno errno = Descriptor.WriteAll(file, Encoding.UTF8.GetBytes(content));
        if (errno != Errno.None)
        {
            throw new LinuxException($"write {path}", errno);
        }
    }

    /// <summary>Reads the whole text of a file, also of one whose length the kernel does not tell, as below /proc.</summary>
    /// <param name="path">The path of the file; symbolic links are followed.</param>
    /// <returns>The text, read as UTF-8. Null when there is no such file.</returns>
    /// <exception cref="LinuxException">The error of open(2) or read(2) but NoEntry, such as NoProcess of a process that has
    /// ended.</exception>
    public static string? TryRead(string path)
    {
        using SafeFileHandle file = Files.Open(path, O_RDONLY);
        if (file.IsInvalid)
        {
            return Errno.Last == Errno.NoEntry ? null : throw LinuxException.Last($"read {path}");
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstRead);
        try
        {
            for (int length = 0; ;)
            {
                Errno errno = Descriptor.Read(file, bytes.AsSpan(length), out int read);
                if (errno != Errno.None)
                {
                    throw new LinuxException($"read {path}", errno);
                }

                if (read == 0)
                {
                    return Encoding.UTF8.GetString(bytes.AsSpan(0, length));
                }

                length += read;
                if (length == bytes.Length)
                {
                    byte[] larger = ArrayPool<byte>.Shared.Rent(length * 2);
                    bytes.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(bytes);
                    bytes = larger;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static SafeFileHandle Create(string path)
    {
        SafeFileHandle file = Files.OpenOrThrow(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, $"write {path}", (int)ReadableByAll);
        using DescriptorLease descriptor = file.Lease();
        _ = fchmod(descriptor, (mode_t)ReadableByAll); // what the umask has taken away
        return file;
    }
}
