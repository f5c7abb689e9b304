using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Writes to a descriptor: write(2).</summary>
    [LibraryImport("libc", EntryPoint = "write", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial nint Write(SafeHandle descriptor, byte* buffer, nint length);
}
