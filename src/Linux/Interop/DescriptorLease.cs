using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

/// <summary>The number of an open descriptor for the time of a system call: nobody can close the descriptor, and so no other file can get
/// its number, until the lease is disposed of.</summary>
/// <remarks>Read <see cref="Errno.Last"/> before the lease ends: closing, when this was the last user, is a system call too.</remarks>
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

/// <summary>Leases descriptors.</summary>
internal static class DescriptorLeasing
{
    /// <summary>The descriptor's number, for one system call.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor is closed.</exception>
    internal static DescriptorLease Lease(this SafeHandle handle) => new(handle);
}
