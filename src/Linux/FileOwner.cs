using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Whose a file is.</summary>
public static unsafe class FileOwner
{
    /// <summary>Gives a file to a group; its owner stays.</summary>
    /// <param name="path">The file, a socket too.</param>
    /// <param name="group">The group's number, as in group(5).</param>
    /// <exception cref="LinuxException">The file is not there, or the caller may not.</exception>
    public static void SetGroup(string path, uint group)
    {
        using var native = new NativeText(path);
        if (chown(native, unchecked((uint)-1), group) != 0)
        {
            throw LinuxException.Last($"give {path} to group {group}");
        }
    }
}
