using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux.Mounts;

/// <summary>Moves the calling thread into other namespaces for good. For a dedicated thread only: what it starts, it starts there.</summary>
public static class ThreadNamespaces
{
    /// <summary>Enters the network namespace bound to a file: setns(2).</summary>
    /// <exception cref="LinuxException">NoEntry: no such file. InvalidArgument: not a network namespace.</exception>
    public static void EnterNetwork(string path)
    {
        using SafeFileHandle handle = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenCloseOnExec, 0);
        if (handle.IsInvalid || Libc.SetNamespace(handle, Libc.CloneNewNetwork) != 0)
        {
            throw LinuxException.Last($"enter network namespace {path}");
        }
    }

    /// <summary>Gives the thread mounts of its own, a copy of those it had: what happens on the host is still seen, what happens here stays here.</summary>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void NewMounts()
    {
        // A thread that shares its root and working directory with others cannot have mounts of its own.
        if (Libc.Unshare(Libc.CloneFileSystem) != 0 || Libc.Unshare(Libc.CloneNewMounts) != 0)
        {
            throw LinuxException.Last("make a mount namespace");
        }

        if (Libc.Mount(null, "/", null, Libc.MountSlave | Libc.MountRecursive, null) != 0)
        {
            throw LinuxException.Last("keep mounts from reaching the host");
        }
    }

    /// <summary>Gives the thread a host name of its own.</summary>
    /// <param name="name">At most 64 bytes.</param>
    /// <exception cref="LinuxException">InvalidArgument: too long. NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static unsafe void NewHostName(string name)
    {
        if (Libc.Unshare(Libc.CloneNewHostName) != 0)
        {
            throw LinuxException.Last("make a UTS namespace");
        }

        fixed (byte* bytes = Encoding.UTF8.GetBytes(name))
        {
            if (Libc.SetHostName(bytes, (nuint)Encoding.UTF8.GetByteCount(name)) != 0)
            {
                throw LinuxException.Last($"set host name {name}");
            }
        }
    }
}
