using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Processes;

/// <summary>Changes properties of this process that concern its descendants.</summary>
public static class ThisProcess
{
    private const uint FirstOfOthers = 3; // after the standard streams
    private const int CloseOnExec = 4; // CLOSE_RANGE_CLOEXEC, include/uapi/linux/close_range.h
    private const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER, include/uapi/linux/prctl.h

    /// <summary>Makes this process a subreaper: it becomes the parent of every descendant whose own parent ends. Source: prctl(2),
    /// PR_SET_CHILD_SUBREAPER.</summary>
    /// <exception cref="LinuxException">The error of prctl(2).</exception>
    public static void BecomeSubreaper()
    {
        if (Glibc.prctl(SetChildSubreaper, 1, 0, 0, 0) != 0)
        {
            throw LinuxException.Last("become the parent of orphaned processes");
        }
    }

    /// <summary>Keeps what this process has inherited, but for the standard streams, from the programs that it starts: they may run for
    /// long, and what holds a lock or the end of a pipe holds it as long. Source: close_range(2), CLOSE_RANGE_CLOEXEC, Linux
    /// 5.11.</summary>
    /// <exception cref="LinuxException">The error of close_range(2).</exception>
    public static void KeepDescriptors()
    {
        if (Glibc.close_range(FirstOfOthers, uint.MaxValue, CloseOnExec) != 0)
        {
            throw LinuxException.Last("keep descriptors from programs that are started");
        }
    }

    /// <summary>Sets the file mode creation mask of this process and its future children: umask(2).</summary>
    /// <param name="mask">The permission bits that new files do not get.</param>
    public static void SetFileMask(UnixFileMode mask) => _ = umask((mode_t)(uint)mask);
}
