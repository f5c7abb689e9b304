using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int UnmountDetach = 2;
    internal const int UnmountNoFollow = 8;

    /// <summary>Unmounts: umount2(2).</summary>
    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string target, int flags);
}
