using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Reads the address a socket is bound to: getsockname(2).</summary>
    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int GetSocketName(SafeHandle socket, byte* address, int* length);
}
