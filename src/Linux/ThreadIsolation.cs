using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Gives the calling thread a new network namespace and a new mount namespace, for labs and tests.</summary>
public static class ThreadIsolation
{
    /// <summary>Moves the calling thread permanently into new network and mount namespaces, with a root and working directory of its own:
    /// unshare(2). The thread must end afterwards and must not return to a thread pool.</summary>
    /// <remarks>All mounts become private; /run is an empty tmpfs and /sys shows the new network namespace. Threads and programs that this
    /// thread starts are in the same namespaces.</remarks>
    /// <exception cref="LinuxException">NotPermitted: CAP_SYS_ADMIN is missing.</exception>
    public static void Enter()
    {
        if (unshare(CLONE_FS | CLONE_NEWNS | CLONE_NEWNET) != 0)
        {
            throw LinuxException.Last("make a network and a mount namespace");
        }

        Mount(null, "/", null, MS_REC | MS_PRIVATE);
        Mount("tmpfs", "/run", "tmpfs", 0);
        Mount("sysfs", "/sys", "sysfs", 0);
    }

    private static void Mount(string? source, string target, string? type, ulong_t flags)
    {
        if (!Files.TryMount(source, target, type, flags))
        {
            throw LinuxException.Last($"mount {source ?? "private"} at {target}");
        }
    }
}
