using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Reads from a descriptor: read(2).</summary>
    [LibraryImport("libc", EntryPoint = "read", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint Read(SafeHandle descriptor, byte* buffer, nint length);
}
