using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const int SetChildSubreaper = 36;

    /// <summary>Sets a property of the process: prctl(2).</summary>
    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ProcessControl(int option, nuint value, nuint third, nuint fourth, nuint fifth);
}
