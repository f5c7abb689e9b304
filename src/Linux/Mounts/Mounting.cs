using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Mounts;

/// <summary>Mounts and unmounts in the calling thread's mount namespace.</summary>
public static class Mounting
{
    /// <summary>Shows a file or directory at another place too; a link at <paramref name="target"/> is followed.</summary>
    /// <param name="source">What to show.</param>
    /// <param name="target">What it covers; a file over a file, a directory over a directory.</param>
    /// <param name="recursive">Whether the mounts below <paramref name="source"/> come along.</param>
    /// <exception cref="LinuxException">NoEntry: one of them does not exist. NotDirectory: a directory and a file.</exception>
    public static void Bind(string source, string target, bool recursive = false)
    {
        if (!Files.TryMount(source, target, null, recursive ? MS_BIND | MS_REC : MS_BIND))
        {
            throw LinuxException.Last($"bind {source} over {target}");
        }
    }

    /// <summary>Shows a file in the place of another. A link at <paramref name="target"/> is covered itself, wherever it leads: what it
    /// leads to stays as it is, and when the link is switched, the mount table tells so.</summary>
    /// <exception cref="LinuxException">NoEntry: one of them does not exist. NotDirectory: the target is a directory.</exception>
    public static void Cover(string source, string target)
    {
        using SafeFileHandle place = Descriptor.OpenPlaceOrLink(target);
        if (!Files.TryMount(source, Descriptor.PathOf(place), null, MS_BIND))
        {
            throw LinuxException.Last($"bind {source} over {target}");
        }
    }

    /// <summary>Mounts a new sysfs, which shows the links of the calling thread's network namespace.</summary>
    /// <param name="target">Usually /sys.</param>
    /// <param name="source">A text that the mount table shows as its source.</param>
    /// <exception cref="LinuxException">NotPermitted: not allowed in this user namespace.</exception>
    public static void MountSysfs(string target, string source)
    {
        if (!Files.TryMount(source, target, "sysfs", MS_NOSUID | MS_NODEV | MS_NOEXEC))
        {
            throw LinuxException.Last($"mount sysfs at {target}");
        }
    }

    /// <summary>Takes a mount off at once, though it is in use; what is no mount, or not there, is success.</summary>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void Detach(string target)
    {
        if (!Files.TryUnmount(target) && !Errno.Last.IsAnyOf(Errno.InvalidArgument, Errno.NoEntry))
        {
            throw LinuxException.Last($"unmount {target}");
        }
    }
}
