using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Reads a socket option: getsockopt(2).</summary>
    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int GetSocketOption(SafeHandle socket, int level, int name, void* value, int* length);
}
