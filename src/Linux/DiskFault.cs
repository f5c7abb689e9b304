namespace Net.Linux;

/// <summary>Tells a full disk and a read-only file system from other errors of files.</summary>
public static class DiskFault
{
    /// <summary>Says what is wrong with the disk and what helps.</summary>
    /// <param name="error">The error of an operation on a file.</param>
    /// <param name="path">The path of the file.</param>
    /// <returns>Cause and remedy, without a full stop; null when the error has another cause than the disk.</returns>
    public static string? Describe(Exception error, string path) => ErrnoOf(error) switch
    {
        { } errno when errno.IsAnyOf(Errno.NoSpace, Errno.QuotaExceeded) =>
            $"the disk that holds {path} is full; free some space there",
        { } errno when errno == Errno.ReadOnlyFileSystem => $"the file system of {path} is read-only; make it writable",
        _ => null,
    };

    /// <summary>The error number behind an exception of a file operation; null when it has none.</summary>
    /// <remarks>The runtime leaves the number of an error for which it has no exception of its own in HResult.</remarks>
    public static Errno? ErrnoOf(Exception error)
    {
        const int largestErrno = 4095; // MAX_ERRNO, include/linux/err.h
        return error switch
        {
            LinuxException failed => failed.Errno,
            IOException { HResult: > 0 and <= largestErrno } failed => (Errno)failed.HResult,
            _ => null,
        };
    }
}
