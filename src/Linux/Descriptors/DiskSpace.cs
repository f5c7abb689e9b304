using System.Runtime.InteropServices;

using Net.Linux.Interop;

namespace Net.Linux.Descriptors;

/// <summary>The space of the file system that a file is on.</summary>
/// <param name="Total">Its size in bytes; 0 when it has no limit of its own, as a tmpfs with <c>size=0</c>.</param>
/// <param name="Free">The bytes that are free for root.</param>
public readonly record struct DiskSpace(long Total, long Free)
{
    /// <summary>Reads the space of the file system that holds an open file: fstatvfs(3).</summary>
    /// <returns>Null when the file system does not say.</returns>
    public static unsafe DiskSpace? Of(SafeHandle file)
    {
        using DescriptorLease number = file.Lease();
        FileSystemStatus status;
        return Glibc.fstatvfs64(number, &status) != 0
            ? null
            : new DiskSpace((long)(status.Blocks * status.BlockSize), (long)(status.FreeBlocks * status.BlockSize));
    }
}
