using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Sets whom a socket speaks to: connect(2).</summary>
    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Connect(SafeHandle socket, void* address, int length);
}
