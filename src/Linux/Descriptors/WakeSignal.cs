using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux.Descriptors;

/// <summary>Wakes a thread that waits for descriptors: becomes readable when set, until cleared. Any thread may set it.</summary>
/// <remarks>Source: eventfd(2).</remarks>
public sealed class WakeSignal : IDisposable
{
    /// <summary>Makes one that is not set.</summary>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors left.</exception>
    public WakeSignal()
    {
        Handle = Libc.EventDescriptor(0, Libc.EventCloseOnExec | Libc.EventNonBlocking);
        if (Handle.IsInvalid)
        {
            throw LinuxException.Last("make a wake-up signal");
        }
    }

    /// <summary>What to wait for with <see cref="PollEvents.Readable"/>. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Sets it; once more is the same.</summary>
    public unsafe void Set()
    {
        ulong one = 1;
        _ = Libc.Write(Handle, (byte*)&one, sizeof(ulong)); // the one error is a counter that is full: it is set then
    }

    /// <summary>Clears it.</summary>
    public unsafe void Clear()
    {
        ulong count;
        _ = Libc.Read(Handle, (byte*)&count, sizeof(ulong));
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => Handle.Dispose();
}
