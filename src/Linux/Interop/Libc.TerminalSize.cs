using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const nuint SetWindowSize = 0x5414;

    /// <summary>Sets a terminal's size: ioctl(2) with TIOCSWINSZ, struct winsize.</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int TerminalSize(SafeHandle terminal, nuint request, ushort* size);
}
