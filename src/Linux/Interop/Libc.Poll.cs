using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollDescriptor
    {
        internal int Descriptor;
        internal short Events;
        internal short Returned;
    }

    internal const short PollIn = 1;

    /// <summary>Waits for readiness of descriptors: poll(2).</summary>
    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);
}
