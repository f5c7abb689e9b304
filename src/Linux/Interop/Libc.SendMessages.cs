using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Sends several messages: sendmmsg(2).</summary>
    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int SendMessages(SafeHandle socket, MessageItem* items, uint count, int flags);
}
