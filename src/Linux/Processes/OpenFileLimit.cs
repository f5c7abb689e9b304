using Net.Linux.Interop;

namespace Net.Linux.Processes;

/// <summary>How many descriptors a process may have open: RLIMIT_NOFILE, one more than the highest number.</summary>
/// <param name="Soft">What is kept to.</param>
/// <param name="Hard">What the process may raise the soft one to.</param>
/// <remarks>The runtime raises its own soft limit to the hard one when it starts, and children inherit that. Source: prlimit(2).</remarks>
public readonly record struct OpenFileLimit(ulong Soft, ulong Hard)
{
    private const int OpenFiles = 7; // RLIMIT_NOFILE, include/uapi/asm-generic/resource.h

    /// <summary>The limit of this process.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static unsafe OpenFileLimit Read()
    {
        ulong* limit = stackalloc ulong[2]; // struct rlimit64: soft, hard
        return Glibc.prlimit64(0, OpenFiles, null, limit) == 0
            ? new OpenFileLimit(limit[0], limit[1])
            : throw LinuxException.Last("read the limit of open files");
    }

    /// <summary>Gives this process, and what it starts from now on, this limit.</summary>
    /// <returns>None, or the error. NotPermitted: a higher hard limit than now needs CAP_SYS_RESOURCE, and is at most fs.nr_open.</returns>
    public unsafe Errno Set()
    {
        ulong* limit = stackalloc ulong[] { Soft, Hard };
        return Glibc.prlimit64(0, OpenFiles, limit, null) == 0 ? Errno.None : Errno.Last;
    }

    /// <summary>Raises the limit of this process as far as it may, to <paramref name="wanted"/> at most.</summary>
    /// <returns>The limit from now on.</returns>
    public static OpenFileLimit Raise(ulong wanted)
    {
        OpenFileLimit now = Read();
        ulong most = Math.Min(wanted, ulong.TryParse(Sysctl.Read("fs/nr_open"), out ulong allowed) ? allowed : wanted);
        var raised = new OpenFileLimit(Math.Max(now.Soft, most), Math.Max(now.Hard, most));
        if (raised.Set() != Errno.None)
        {
            // Without the privilege, up to the hard limit.
            (now with { Soft = Math.Max(now.Soft, Math.Min(most, now.Hard)) }).Set();
        }

        return Read();
    }
}
