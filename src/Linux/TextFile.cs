using System.Runtime.InteropServices;
using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux;

/// <summary>Small text files that are written in place, since something bind-mounts them: a new inode would not be seen there.</summary>
public static class TextFile
{
    private const int Truncate = 0x200; // O_TRUNC
    private const int ReadableByAll = 0x1A4; // 0644

    /// <summary>Replaces the whole text, making the file (mode 0644 less the umask) when it is missing; its directory must exist.</summary>
    /// <param name="path">Never followed when it is a symbolic link.</param>
    /// <param name="content">Written as UTF-8 without a byte-order mark.</param>
    /// <exception cref="LinuxException">SymbolicLinkLoop: the path is a symbolic link. NoEntry: no such directory. NoSpace and the like.</exception>
    public static unsafe void Write(string path, string content)
    {
        using SafeFileHandle file = Libc.Open(
            path, Libc.OpenWriteOnly | Libc.OpenCreate | Truncate | Libc.OpenNoFollow | Libc.OpenCloseOnExec, ReadableByAll);
        if (file.IsInvalid)
        {
            throw LinuxException.Last($"write {path}");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(content);
        fixed (byte* pointer = bytes)
        {
            for (int done = 0; done < bytes.Length;)
            {
                nint written = Libc.Write(file, pointer + done, bytes.Length - done);
                if (written >= 0)
                {
                    done += (int)written;
                }
                else if ((Errno)Marshal.GetLastPInvokeError() is not Errno.Interrupted)
                {
                    throw LinuxException.Last($"write {path}");
                }
            }
        }
    }
}
