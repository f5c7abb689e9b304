using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Processes;

/// <summary>What this process is to its descendants, and what they inherit of it.</summary>
public static class ThisProcess
{
    private const int SetChildSubreaper = 36; // PR_SET_CHILD_SUBREAPER, include/uapi/linux/prctl.h

    /// <summary>Makes this process the parent of every descendant that loses its own: prctl(2), PR_SET_CHILD_SUBREAPER.</summary>
    /// <exception cref="LinuxException">The kernel refused.</exception>
    public static void BecomeSubreaper()
    {
        if (Glibc.prctl(SetChildSubreaper, 1, 0, 0, 0) != 0)
        {
            throw LinuxException.Last("become the parent of orphaned processes");
        }
    }

    /// <summary>Sets which permission bits new files lack: umask(2).</summary>
    public static void SetFileMask(UnixFileMode mask) => _ = umask((mode_t)(uint)mask);
}
