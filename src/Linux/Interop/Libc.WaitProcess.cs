using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int WaitNoHang = 1;

    /// <summary>Waits for a child to end and reaps it: waitpid(2).</summary>
    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int WaitProcess(int processId, int* status, int flags);
}
