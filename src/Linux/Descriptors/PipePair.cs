using Microsoft.Win32.SafeHandles;

using static Tmds.Linux.LibC;

namespace Net.Linux.Descriptors;

/// <summary>The two ends of a pipe, both close-on-exec. Source: pipe(7).</summary>
/// <param name="Reader">The end that is read from.</param>
/// <param name="Writer">The end that is written to.</param>
public readonly record struct PipePair(SafeFileHandle Reader, SafeFileHandle Writer)
{
    /// <summary>Creates a pipe whose ends are blocking: pipe2(2).</summary>
    /// <exception cref="LinuxException">ProcessFileLimit, SystemFileLimit: no descriptors are left.</exception>
    public static unsafe PipePair Create()
    {
        int* ends = stackalloc int[2];
        return pipe2(ends, O_CLOEXEC) == 0
            ? new PipePair(new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true))
            : throw LinuxException.Last("make a pipe");
    }
}
