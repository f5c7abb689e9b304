using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>Wakes a thread that waits for descriptors: becomes readable when set, until cleared. Any thread may set it.</summary>
/// <remarks>Source: eventfd(2).</remarks>
public sealed class WakeSignal : IDisposable
{
    /// <summary>Makes one that is not set.</summary>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors left.</exception>
    public WakeSignal()
    {
        Handle = new SafeFileHandle(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), ownsHandle: true);
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
        using DescriptorLease descriptor = Handle.Lease();
        ulong one = 1;
        _ = write(descriptor, &one, sizeof(ulong)); // the one error is a counter that is full: it is set then
    }

    /// <summary>Clears it.</summary>
    public unsafe void Clear()
    {
        using DescriptorLease descriptor = Handle.Lease();
        ulong count;
        _ = read(descriptor, &count, sizeof(ulong));
    }

    /// <summary>Closes it.</summary>
    public void Dispose() => Handle.Dispose();
}
