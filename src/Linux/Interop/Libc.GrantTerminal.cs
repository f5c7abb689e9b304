using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Gives a pseudo-terminal's slave its owner and mode: grantpt(3).</summary>
    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GrantTerminal(SafeHandle master);
}
