using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Gives the calling thread a network and a mount namespace of its own, for labs and tests.</summary>
public static class ThreadIsolation
{
    /// <summary>Leaves the network, mount and file-system context of the process for good; the thread must end, never go back to a
    /// pool.</summary>
    /// <remarks>Mounts are private from here on; /run is an empty tmpfs and /sys shows the new network namespace. Threads and programs that
    /// this thread starts are in the same namespaces.</remarks>
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
