using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int CloneNewNetwork = 0x40000000;
    internal const int CloneNewMounts = 0x00020000;
    internal const int CloneFileSystem = 0x00000200;

    /// <summary>Gives the calling thread namespaces of its own: unshare(2).</summary>
    [LibraryImport("libc", EntryPoint = "unshare", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unshare(int flags);
}
