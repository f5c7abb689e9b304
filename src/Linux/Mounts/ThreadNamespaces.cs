using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux.Mounts;

/// <summary>Moves the calling thread into other namespaces for good. For a dedicated thread only: what it starts, it starts
/// there.</summary>
public static class ThreadNamespaces
{
    /// <summary>Enters the network namespace bound to a file: setns(2).</summary>
    /// <exception cref="LinuxException">NoEntry: no such file. InvalidArgument: not a network namespace.</exception>
    public static void EnterNetwork(string path)
    {
        using SafeFileHandle handle = Files.OpenOrThrow(path, O_RDONLY, $"enter network namespace {path}");
        using DescriptorLease descriptor = handle.Lease();
        if (setns(descriptor, CLONE_NEWNET) != 0)
        {
            throw LinuxException.Last($"enter network namespace {path}");
        }
    }

    /// <summary>Gives the thread mounts of its own, a copy of those it had: what happens on the host is still seen, what happens here stays
    /// here.</summary>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void NewMounts()
    {
        // A thread that shares its root and working directory with others cannot have mounts of its own.
        if (unshare(CLONE_FS) != 0 || unshare(CLONE_NEWNS) != 0)
        {
            throw LinuxException.Last("make a mount namespace");
        }

        if (!Files.TryMount(null, "/", null, MS_SLAVE | MS_REC))
        {
            throw LinuxException.Last("keep mounts from reaching the host");
        }
    }

    /// <summary>Gives the thread a host name of its own.</summary>
    /// <param name="name">At most 64 bytes.</param>
    /// <exception cref="LinuxException">InvalidArgument: too long. NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static unsafe void NewHostName(string name)
    {
        if (unshare(CLONE_NEWUTS) != 0)
        {
            throw LinuxException.Last("make a UTS namespace");
        }

        using var native = new NativeText(name);
        if (sethostname(native, Encoding.UTF8.GetByteCount(name)) != 0)
        {
            throw LinuxException.Last($"set host name {name}");
        }
    }
}
