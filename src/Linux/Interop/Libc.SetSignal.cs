using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    internal const nint SignalIgnore = 1;

    /// <summary>Sets what a signal does: signal(2).</summary>
    [LibraryImport("libc", EntryPoint = "signal", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint SetSignal(int signal, nint handler);
}
