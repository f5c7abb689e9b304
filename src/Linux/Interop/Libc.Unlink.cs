using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Removes a name from a directory: unlink(2).</summary>
    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unlink(string path);
}
