using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Gives a socket its address: bind(2).</summary>
    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Bind(SafeHandle socket, byte* address, int length);
}
