using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Sets a socket option: setsockopt(2).</summary>
    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int SetSocketOption(SafeHandle socket, int level, int name, void* value, int length);
}
