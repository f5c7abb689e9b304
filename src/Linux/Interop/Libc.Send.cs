using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Sends one message: send(2).</summary>
    [LibraryImport("libc", EntryPoint = "send", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint Send(SafeHandle socket, byte* buffer, nint length, int flags);
}
