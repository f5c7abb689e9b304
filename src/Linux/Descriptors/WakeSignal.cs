using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>Wakes a thread that waits for descriptors: an eventfd that is readable from <see cref="Set"/> until <see cref="Clear"/>. Any
/// thread may set it.</summary>
/// <remarks>Source: eventfd(2).</remarks>
public sealed class WakeSignal : IDisposable
{
    /// <summary>Creates a signal that is not set: eventfd(2).</summary>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors are left.</exception>
    public WakeSignal()
    {
        Handle = new SafeFileHandle(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), ownsHandle: true);
        if (Handle.IsInvalid)
        {
            throw LinuxException.Last("make a wake-up signal");
        }
    }

    /// <summary>The eventfd, to be waited for with <see cref="PollEvents.Readable"/>. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle { get; }

    /// <summary>Sets the signal; setting it again has no further effect.</summary>
    public unsafe void Set()
    {
        using DescriptorLease descriptor = Handle.Lease();
        ulong one = 1;
        _ = write(descriptor, &one, sizeof(ulong)); // the only error is EAGAIN, a full counter, and then the signal is set already
    }

    /// <summary>Clears the signal.</summary>
    public unsafe void Clear()
    {
        using DescriptorLease descriptor = Handle.Lease();
        ulong count;
        _ = read(descriptor, &count, sizeof(ulong));
    }

    /// <summary>Closes the eventfd.</summary>
    public void Dispose() => Handle.Dispose();
}
