using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const nuint WindowSizeRequest = 0x5413;

    /// <summary>Reads a terminal's size: ioctl(2) with TIOCGWINSZ, struct winsize (rows, columns and two pixel counts).</summary>
    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int GetWindowSize(SafeHandle terminal, nuint request, ushort* size);
}
