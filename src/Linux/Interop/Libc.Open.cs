using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int OpenReadOnly = 0;
    internal const int OpenReadWrite = 2;
    internal const int OpenWriteOnly = 1;
    internal const int OpenCreate = 0x40;
    internal const int OpenExclusive = 0x80;
    internal const int OpenCloseOnExec = 0x80000;

    /// <summary>Opens a file: open(2).</summary>
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle Open(string path, int flags, int mode);
}
