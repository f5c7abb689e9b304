using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int EventCloseOnExec = 0x80000;
    internal const int EventNonBlocking = 0x800;

    /// <summary>Makes a counter that can be waited for: eventfd(2).</summary>
    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle EventDescriptor(uint start, int flags);
}
