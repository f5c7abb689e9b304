using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int DuplicateCloseOnExec = 1030;
    internal const int GetStatusFlags = 3;
    internal const int SetStatusFlags = 4;
    internal const int OpenNonBlocking = 0x800;

    /// <summary>Changes a descriptor: fcntl(2), the forms with a number.</summary>
    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int FileControl(SafeHandle descriptor, int command, nint argument);
}
