using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int LimitOpenFiles = 7;

    /// <summary>Reads and sets a resource limit of a process, 64 bits wide everywhere: prlimit(2).</summary>
    [LibraryImport("libc", EntryPoint = "prlimit64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int ResourceLimit(int processId, int resource, ulong* set, ulong* get);
}
