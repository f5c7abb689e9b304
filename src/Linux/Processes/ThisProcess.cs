using Net.Linux.Interop;

namespace Net.Linux.Processes;

/// <summary>What this process is to its descendants, and what they inherit of it.</summary>
public static class ThisProcess
{
    /// <summary>Makes this process the parent of every descendant that loses its own: prctl(2), PR_SET_CHILD_SUBREAPER.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static void BecomeSubreaper()
    {
        if (Libc.ProcessControl(Libc.SetChildSubreaper, 1, 0, 0, 0) != 0)
        {
            throw LinuxException.Last("become the parent of orphaned processes");
        }
    }

    /// <summary>Sets which permission bits new files lack: umask(2).</summary>
    public static void SetFileMask(UnixFileMode mask) => _ = Libc.FileMask((uint)mask);

    /// <summary>Lowers how many descriptors may be open, here and in children, to <paramref name="count"/>; they may raise it again up to the hard limit.</summary>
    /// <remarks>The runtime raises its own limit to the hard one, and children inherit that: programs that use select(2), or close all
    /// descriptors one by one, suffer from it.</remarks>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static unsafe void LimitOpenFiles(ulong count)
    {
        ulong* limit = stackalloc ulong[2]; // struct rlimit64: soft, hard
        if (Libc.ResourceLimit(0, Libc.LimitOpenFiles, null, limit) != 0)
        {
            throw LinuxException.Last("read the limit of open files");
        }

        limit[0] = Math.Min(count, limit[1]);
        if (Libc.ResourceLimit(0, Libc.LimitOpenFiles, limit, null) != 0)
        {
            throw LinuxException.Last("set the limit of open files");
        }
    }
}
