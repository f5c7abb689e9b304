using Net.Linux.Interop;

namespace Net.Linux.Processes;

/// <summary>The limit on open descriptors, RLIMIT_NOFILE: one more than the highest descriptor number that a process may use.</summary>
/// <param name="Soft">The soft limit, which the kernel enforces.</param>
/// <param name="Hard">The hard limit, up to which the process may raise the soft limit.</param>
/// <remarks>The .NET runtime raises its soft limit to the hard limit when it starts, and child processes inherit that. Source:
/// prlimit(2).</remarks>
public readonly record struct OpenFileLimit(ulong Soft, ulong Hard)
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE, include/uapi/asm-generic/resource.h

    /// <summary>Reads the limit of this process.</summary>
    /// <exception cref="LinuxException">The error of prlimit(2).</exception>
    public static unsafe OpenFileLimit Read()
    {
        ulong* limit = stackalloc ulong[2]; // struct rlimit64: soft, hard
        return Glibc.prlimit64(0, OpenFiles, null, limit) == 0
            ? new OpenFileLimit(limit[0], limit[1])
            : throw LinuxException.Last("read the limit of open files");
    }

    /// <summary>Sets this limit for this process and for the processes that it starts from now on.</summary>
    /// <returns>None, or the error. NotPermitted: raising the hard limit needs CAP_SYS_RESOURCE, and fs.nr_open is its maximum.</returns>
    public unsafe Errno Set()
    {
        ulong* limit = stackalloc ulong[] { Soft, Hard };
        return Glibc.prlimit64(0, OpenFiles, limit, null) == 0 ? Errno.None : Errno.Last;
    }

    /// <summary>Raises the limit of this process towards <paramref name="wanted"/> as far as its privileges and fs.nr_open allow; never
    /// lowers it.</summary>
    /// <returns>The limit after the change.</returns>
    /// <exception cref="LinuxException">The limit cannot be read: the error of prlimit(2).</exception>
    public static OpenFileLimit Raise(ulong wanted)
    {
        OpenFileLimit now = Read();
        ulong most = Math.Min(wanted, ulong.TryParse(Sysctl.Read("fs/nr_open"), out ulong allowed) ? allowed : wanted);
        var raised = new OpenFileLimit(Math.Max(now.Soft, most), Math.Max(now.Hard, most));
        if (raised.Set() != Errno.None)
        {
            // Without CAP_SYS_RESOURCE the soft limit can rise only up to the hard limit.
            (now with { Soft = Math.Max(now.Soft, Math.Min(most, now.Hard)) }).Set();
        }

        return Read();
    }
}
