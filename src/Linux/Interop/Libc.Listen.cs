using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Makes a socket accept connections: listen(2).</summary>
    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Listen(SafeHandle socket, int backlog);
}
