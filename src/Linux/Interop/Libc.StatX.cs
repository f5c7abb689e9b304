using System.Runtime.InteropServices;

namespace Net.Linux.Interop;

internal static partial class Libc
{
    /// <summary>struct statx, 256 bytes; only the identity is named.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatXBuffer
    {
        [FieldOffset(28)] internal ushort Mode;
        [FieldOffset(32)] internal ulong Inode;
        [FieldOffset(136)] internal uint DeviceMajor;
        [FieldOffset(140)] internal uint DeviceMinor;
    }

    internal const int StatXEmptyPath = 0x1000;
    internal const uint StatXInode = 0x100;

    /// <summary>Reads what a file is, in a layout that is the same on every architecture: statx(2).</summary>
    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int StatX(SafeHandle directory, string path, int flags, uint mask, StatXBuffer* buffer);
}
