using System.Runtime.InteropServices;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Changes the owner and the owning group of files.</summary>
public static unsafe class FileOwner
{
    /// <summary>Sets the owner of a file and leaves its group unchanged: chown(2).</summary>
    /// <param name="path">The path of the file; a symbolic link is followed.</param>
    /// <param name="user">The user ID.</param>
    /// <exception cref="LinuxException">NoEntry: the file does not exist. NotPermitted: the caller lacks CAP_CHOWN.</exception>
    public static void SetUser(string path, uint user)
    {
        using var native = new NativeText(path);
        if (chown(native, user, unchecked((uint)-1)) != 0)
        {
            throw LinuxException.Last($"give {path} to user {user}");
        }
    }

    /// <summary>Sets the owner of an open file, which may be a pipe: fchown(2).</summary>
    /// <param name="file">The file.</param>
    /// <param name="user">The user ID.</param>
    /// <exception cref="LinuxException">NotPermitted: the caller lacks CAP_CHOWN.</exception>
    public static void SetUser(SafeHandle file, uint user)
    {
        using DescriptorLease descriptor = file.Lease();
        if (fchown(descriptor, user, unchecked((uint)-1)) != 0)
        {
            throw LinuxException.Last($"give an open file to user {user}");
        }
    }

    /// <summary>Sets the group of a file and leaves its owner unchanged: chown(2).</summary>
    /// <param name="path">The path of the file, which may also be a Unix socket; a symbolic link is followed.</param>
    /// <param name="group">The group ID, as in group(5).</param>
    /// <exception cref="LinuxException">NoEntry: the file does not exist. NotPermitted: the caller lacks CAP_CHOWN and is not both the
    /// owner of the file and a member of the group.</exception>
    public static void SetGroup(string path, uint group)
    {
        using var native = new NativeText(path);
        if (chown(native, unchecked((uint)-1), group) != 0)
        {
            throw LinuxException.Last($"give {path} to group {group}");
        }
    }
}
