using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Sends a signal to a process: kill(2).</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Kill(int processId, int signal);
}
