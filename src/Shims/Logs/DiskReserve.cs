using System.Runtime.InteropServices;

using Net.Linux.Descriptors;

namespace Net.Shims.Logs;

/// <summary>The last room of a disk, which no log takes: the store is on the same disk, and has to be written to end and to remove a
/// container whose log has filled it.</summary>
/// <remarks>The store's write-ahead log grows by 512 KiB at most before it is used from its beginning again, see
/// <c>StoreConnection</c> in Net.Controller.</remarks>
/// <param name="read">Reads the space of the disk that a file is on; null when it is not known.</param>
internal sealed class DiskReserve(Func<SafeHandle, DiskSpace?> read)
{
    /// <summary>The length of the reserve in bytes.</summary>
    internal const long Length = 1 << 20;

    /// <summary>The largest part of a small disk that the reserve is: one of so many.</summary>
    internal const int SmallestShare = 4;

    /// <summary>Whether the reserve is still there after a write.</summary>
    /// <param name="file">A file on the disk.</param>
    /// <param name="length">The number of bytes that are still to be written.</param>
    internal bool Remains(SafeHandle file, int length) =>
        read(file) is not { Total: > 0 } disk || disk.Free - length >= Math.Min(Length, disk.Total / SmallestShare);
}
