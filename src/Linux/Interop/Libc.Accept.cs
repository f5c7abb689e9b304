using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int SocketNonBlocking = 0x800;

    /// <summary>Takes a connection from a listening socket: accept4(2).</summary>
    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial SafeFileHandle Accept(SafeHandle socket, void* address, void* length, int flags);
}
