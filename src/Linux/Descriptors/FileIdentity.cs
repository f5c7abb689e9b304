using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux.Descriptors;

/// <summary>Tells whether two paths lead to one file.</summary>
public static class FileIdentity
{
    /// <summary>Whether both paths lead to the same file, links followed. A path that leads nowhere is the same as none.</summary>
    public static bool Same(string first, string second) => Read(first) is { } one && Read(second) is { } two && one == two;

    private static unsafe (uint Major, uint Minor, ulong Inode)? Read(string path)
    {
        using SafeFileHandle place = Libc.Open(path, Libc.OpenPath | Libc.OpenCloseOnExec, 0);
        Libc.StatXBuffer buffer;
        return !place.IsInvalid && Libc.StatX(place, string.Empty, Libc.StatXEmptyPath, Libc.StatXInode, &buffer) == 0
            ? (buffer.DeviceMajor, buffer.DeviceMinor, buffer.Inode)
            : null;
    }
}
