using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int MessageCut = 0x20; // MSG_TRUNC

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MessageItem
    {
        internal MessageHeader Header;
        internal uint Length;
    }

    /// <summary>Receives several messages: recvmmsg(2).</summary>
    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int ReceiveMessages(SafeHandle socket, MessageItem* items, uint count, int flags, void* timeout);
}
