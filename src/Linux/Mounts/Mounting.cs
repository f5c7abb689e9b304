using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Mounts;

/// <summary>Mounts and unmounts in the calling thread's mount namespace: mount(2), umount2(2).</summary>
public static class Mounting
{
    /// <summary>Binds a file or directory at a second path (MS_BIND); a symbolic link at <paramref name="target"/> is followed.</summary>
    /// <param name="source">The file or directory to bind.</param>
    /// <param name="target">The existing path that is covered: a file by a file, a directory by a directory.</param>
    /// <param name="recursive">Whether the mounts below <paramref name="source"/> are bound too (MS_REC).</param>
    /// <exception cref="LinuxException">NoEntry: one of the paths does not exist. NotDirectory: one is a directory and the other a file.
    /// NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void Bind(string source, string target, bool recursive = false)
    {
        if (!Files.TryMount(source, target, null, recursive ? MS_BIND | MS_REC : MS_BIND))
        {
            throw LinuxException.Last($"bind {source} over {target}");
        }
    }

    /// <summary>Binds a file over another one (MS_BIND). A symbolic link at <paramref name="target"/> is not followed but covered itself:
    /// the file it leads to stays visible under its own path, and when the link is replaced, the mount table reports a change.</summary>
    /// <exception cref="LinuxException">NoEntry: one of the paths does not exist. NotDirectory: the target is a directory. NotPermitted:
    /// CAP_SYS_ADMIN is missing.</exception>
    public static void Cover(string source, string target)
    {
        using SafeFileHandle place = Descriptor.OpenPlaceOrLink(target);
        if (!Files.TryMount(source, Descriptor.PathOf(place), null, MS_BIND))
        {
            throw LinuxException.Last($"bind {source} over {target}");
        }
    }

    /// <summary>Mounts a new sysfs, whose class/net shows the links of the calling thread's network namespace: sysfs(5).</summary>
    /// <param name="target">The mount point, usually /sys.</param>
    /// <param name="source">The text that the mount table shows as the mount source.</param>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing, or the user namespace does not own the network
    /// namespace.</exception>
    public static void MountSysfs(string target, string source)
    {
        if (!Files.TryMount(source, target, "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC))
        {
            throw LinuxException.Last($"mount sysfs at {target}");
        }
    }

    /// <summary>Detaches the topmost mount at a path at once, even when it is in use (MNT_DETACH). A path that is not a mount point or does
    /// not exist counts as success.</summary>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void Detach(string target)
    {
        if (!Files.TryUnmount(target) && !Errno.Last.IsAnyOf(Errno.InvalidArgument, Errno.NoEntry))
        {
            throw LinuxException.Last($"unmount {target}");
        }
    }
}
