using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

/// <summary>The beginning of a struct statvfs64, see statvfs(3); the whole has 112 bytes where a long has 64 bits, and fewer
/// elsewhere.</summary>
[StructLayout(LayoutKind.Sequential, Size = 112)]
internal struct FileSystemStatus
{
    /// <summary>f_bsize: the preferred length of reads and writes.</summary>
    public nuint PreferredLength;

    /// <summary>f_frsize: the unit of the numbers of blocks, in bytes.</summary>
    public nuint BlockSize;

    /// <summary>f_blocks: all blocks.</summary>
    public ulong Blocks;

    /// <summary>f_bfree: the blocks that are free for root.</summary>
    public ulong FreeBlocks;
}
