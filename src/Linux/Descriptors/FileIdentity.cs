using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>Tells whether two paths lead to one file.</summary>
public static class FileIdentity
{
    /// <summary>Whether both paths lead to the same file, links followed. A path that leads nowhere is the same as none.</summary>
    public static bool Same(string first, string second) => Read(first) is { } one && Read(second) is { } two && one == two;

    private static (uint Major, uint Minor, ulong Inode)? Read(string path)
    {
        using SafeFileHandle place = Files.Open(path, O_PATH);
        return !place.IsInvalid && Files.TryIdentify(place, out (uint Major, uint Minor, ulong Inode) identity) ? identity : null;
    }
}
