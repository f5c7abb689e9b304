using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Mounts;

/// <summary>Moves the calling thread into other namespaces permanently: the threads and processes that it starts later are in the same
/// namespaces.</summary>
public static class ThreadNamespaces
{
    /// <summary>Enters the network namespace that is bound to a file: setns(2).</summary>
    /// <exception cref="LinuxException">NoEntry: the file does not exist. InvalidArgument: the file is not a network namespace.
    /// NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void EnterNetwork(string path)
    {
        using SafeFileHandle handle = Files.OpenOrThrow(path, O_RDONLY, $"enter network namespace {path}");
        using DescriptorLease descriptor = handle.Lease();
        if (setns(descriptor, CLONE_NEWNET) != 0)
        {
            throw LinuxException.Last($"enter network namespace {path}");
        }
    }

    /// <summary>Gives the thread a new mount namespace, a copy of its present one: mounts on the host still propagate into it, mounts made
    /// in it do not propagate out. Source: unshare(2), mount_namespaces(7), MS_SLAVE.</summary>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void NewMounts()
    {
        // The kernel refuses a new mount namespace to a thread that shares its root and working directory with others (CLONE_FS).
        if (unshare(CLONE_FS) != 0 || unshare(CLONE_NEWNS) != 0)
        {
            throw LinuxException.Last("make a mount namespace");
        }

        if (!Files.TryMount(null, "/", null, MS_SLAVE | MS_REC))
        {
            throw LinuxException.Last("keep mounts from reaching the host");
        }
    }

    /// <summary>Gives the thread a new UTS namespace and sets the host name in it: unshare(2), sethostname(2).</summary>
    /// <param name="name">The host name, at most 64 bytes of UTF-8; null to keep the present one.</param>
    /// <exception cref="LinuxException">InvalidArgument: the name is too long. NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static unsafe void NewHostName(string? name)
    {
        if (unshare(CLONE_NEWUTS) != 0)
        {
            throw LinuxException.Last("make a UTS namespace");
        }

        if (name is null)
        {
            return;
        }

        using var native = new NativeText(name);
        if (sethostname(native, Encoding.UTF8.GetByteCount(name)) != 0)
        {
            throw LinuxException.Last($"set host name {name}");
        }
    }
}
