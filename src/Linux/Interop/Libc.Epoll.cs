using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int EpollCloseOnExec = 0x80000;
    internal const int EpollAdd = 1;
    internal const int EpollDelete = 2;
    internal const int EpollModify = 3;
    internal const uint EpollIn = 1;
    internal const uint EpollEdge = 1u << 31;

    /// <summary>Makes a set of watched descriptors: epoll_create1(2).</summary>
    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial SafeFileHandle EpollCreate(int flags);

    /// <summary>Adds to the set, changes or takes from it: epoll_ctl(2).</summary>
    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int EpollControl(SafeHandle set, int operation, SafeHandle descriptor, byte* item);

    /// <summary>Waits for readiness: epoll_wait(2).</summary>
    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int EpollWait(SafeHandle set, byte* items, int count, int timeoutMilliseconds);
}
