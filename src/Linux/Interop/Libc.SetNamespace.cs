using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Moves the calling thread into a namespace: setns(2).</summary>
    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetNamespace(SafeHandle descriptor, int kind);
}
