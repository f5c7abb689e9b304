using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Makes a pipe: pipe2(2).</summary>
    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Pipe(int* descriptors, int flags);
}
