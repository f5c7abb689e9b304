using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

/// <summary>The number of an open descriptor for the duration of a system call. Until the lease is disposed of, no thread can close the
/// descriptor, and so its number cannot be reused for another file.</summary>
/// <remarks>Read <see cref="Errno.Last"/> before the lease ends: when another thread has disposed of the handle meanwhile, ending the lease
/// calls close(2), which overwrites the error.</remarks>
internal readonly ref struct DescriptorLease : IDisposable
{
    private readonly SafeHandle _handle;
    private readonly int _number;

    internal DescriptorLease(SafeHandle handle)
    {
        bool added = false;
        handle.DangerousAddRef(ref added);
        _handle = handle;
        _number = (int)handle.DangerousGetHandle();
    }

    /// <summary>Ends the lease.</summary>
    public void Dispose() => _handle.DangerousRelease();

    public static implicit operator int(DescriptorLease lease) => lease._number;
}

/// <summary>The extension method that leases a descriptor.</summary>
internal static class DescriptorLeasing
{
    /// <summary>Leases the descriptor's number for one system call.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    internal static DescriptorLease Lease(this SafeHandle handle) => new(handle);
}
