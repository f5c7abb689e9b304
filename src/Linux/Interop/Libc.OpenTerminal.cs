using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int OpenNoControllingTerminal = 0x100;

    /// <summary>Opens a new pseudo-terminal's master: posix_openpt(3).</summary>
    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle OpenTerminal(int flags);
}
