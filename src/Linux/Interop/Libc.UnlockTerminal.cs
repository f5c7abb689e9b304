using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Lets a pseudo-terminal's slave be opened: unlockpt(3).</summary>
    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int UnlockTerminal(SafeHandle master);
}
