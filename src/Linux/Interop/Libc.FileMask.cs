using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Sets which permissions new files lack: umask(2). Always succeeds.</summary>
    [LibraryImport("libc", EntryPoint = "umask", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial uint FileMask(uint mask);
}
