using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>Compares files by device and inode number.</summary>
public static class FileIdentity
{
    /// <summary>Whether both paths lead to the same file; symbolic links are followed. False when one of the paths cannot be
    /// opened.</summary>
    public static bool Same(string first, string second) => Read(first) is { } one && Read(second) is { } two && one == two;

    /// <summary>Reads a file's device and inode number; symbolic links are followed. Null when the path cannot be opened.</summary>
    public static (uint Major, uint Minor, ulong Inode)? Read(string path)
    {
        using SafeFileHandle place = Files.Open(path, O_PATH);
        return !place.IsInvalid && Files.TryIdentify(place, out (uint Major, uint Minor, ulong Inode) identity) ? identity : null;
    }
}
