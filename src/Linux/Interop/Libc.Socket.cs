using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int SocketCloseOnExec = 0x80000;

    /// <summary>Creates a socket: socket(2).</summary>
    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Socket(int family, int type, int protocol);
}
