using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Small text files that are written in place, since something bind-mounts them: a new inode would not be seen there.</summary>
public static class TextFile
{
    private const int ReadableByAll = 0x1A4; // 0644

    /// <summary>Replaces the whole text, making the file (mode 0644 less the umask) when it is missing; its directory must exist.</summary>
    /// <param name="path">Never followed when it is a symbolic link.</param>
    /// <param name="content">Written as UTF-8 without a byte-order mark.</param>
    /// <exception cref="LinuxException">SymbolicLinkLoop: the path is a symbolic link. NoEntry: no such directory. NoSpace and the
    /// like.</exception>
    public static void Write(string path, string content)
    {
        using SafeFileHandle file = Files.OpenOrThrow(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, $"write {path}", ReadableByAll);
        Errno errno = Descriptor.WriteAll(file, Encoding.UTF8.GetBytes(content));
        if (errno != Errno.None)
        {
            throw new LinuxException($"write {path}", errno);
        }
    }
}
