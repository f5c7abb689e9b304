using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Writes small text files in place. They keep their inode, since they are bind-mounted elsewhere and a bind mount would not show
/// a replacement file.</summary>
public static class TextFile
{
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

    private static SafeFileHandle Create(string path)
    {
        SafeFileHandle file = Files.OpenOrThrow(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, $"write {path}", (int)ReadableByAll);
        using DescriptorLease descriptor = file.Lease();
        _ = fchmod(descriptor, (mode_t)ReadableByAll); // what the umask has taken away
        return file;
    }
}
