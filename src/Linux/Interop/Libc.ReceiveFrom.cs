using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Receives one message and its sender: recvfrom(2).</summary>
    [LibraryImport("libc", EntryPoint = "recvfrom", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint ReceiveFrom(SafeHandle socket, byte* buffer, nint length, int flags, byte* address, int* addressLength);
}
