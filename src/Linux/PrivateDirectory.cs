using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Makes directories with exactly the permissions that were asked for, whatever the file mode creation mask is, and takes those of
/// other users from existing ones.</summary>
public static class PrivateDirectory
{
    /// <summary>0755: others may list and enter, not write.</summary>
    public const UnixFileMode Usual = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes a directory that does not exist, with its missing parents, which get mode 0755. An existing one stays as it
    /// is.</summary>
    /// <param name="path">The path of the directory.</param>
    /// <param name="mode">Its permissions. It never has more than these, not even while it is being made.</param>
    /// <returns>Whether it was made.</returns>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static bool Make(string path, UnixFileMode mode)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Directory.Exists(full))
        {
            return false;
        }

        if (Path.GetDirectoryName(full) is { } parent)
        {
            Make(parent, Usual);
        }

        Directory.CreateDirectory(full, mode);
        File.SetUnixFileMode(full, mode); // what the mask has taken away
        return true;
    }

    /// <summary>Whether a directory belongs to the user of this process.</summary>
    /// <exception cref="LinuxException">There is no such directory.</exception>
    public static bool IsOwn(string path)
    {
        using SafeFileHandle place = Files.OpenOrThrow(path, O_PATH | O_DIRECTORY, $"open {path}");
        return Files.TryReadStatus(place, out uint owner, out _) && owner == geteuid();
    }
}
