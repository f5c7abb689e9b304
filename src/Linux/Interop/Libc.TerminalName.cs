using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>Names a pseudo-terminal's slave: ptsname_r(3). Gives the error number itself.</summary>
    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int TerminalName(SafeHandle master, byte* buffer, nuint length);
}
