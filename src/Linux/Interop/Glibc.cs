using System.Runtime.InteropServices;

using Tmds.Linux;

namespace Net.Linux.Interop;

/// <summary>The functions of the C library that Tmds.LibC does not have, under their own names. Descriptors are plain numbers and strings
/// are C strings.</summary>
/// <remarks>A function that returns -1 leaves its error in <see cref="Errno.Last"/>; posix_spawn* and ptsname_r return the error
/// number.</remarks>
internal static unsafe partial class Glibc
{
    private const string Library = "libc.so.6";

    /// <summary>recvmmsg(2): receives several messages with one call.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int recvmmsg(int socket, mmsghdr* messages, uint count, int flags, void* timeout);

    /// <summary>sendmmsg(2): sends several messages with one call.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int sendmmsg(int socket, mmsghdr* messages, uint count, int flags);

    /// <summary>poll(2): waits until descriptors are ready. Tmds.LibC 0.5.0 declares it too, but without saving its error number
    /// (SetLastError).</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int poll(pollfd* descriptors, nuint count, int timeoutMilliseconds);

    /// <summary>prctl(2): changes a property of the process.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prctl(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    /// <summary>prlimit(2): sets and reads a resource limit that is 64 bits wide on every architecture. A struct rlimit64 is two numbers,
    /// the soft and the hard limit.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prlimit64(int processId, int resource, ulong* set, ulong* get);

    /// <summary>close_range(2): closes or marks all descriptors between two numbers.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int close_range(uint first, uint last, int flags);

    /// <summary>flock(2): locks an open file.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int flock(int descriptor, int operation);

    /// <summary>fstatvfs(3), with numbers of 64 bits on every architecture: the space of the file system that holds an open
    /// file.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int fstatvfs64(int descriptor, FileSystemStatus* status);

    /// <summary>waitpid(2): waits for a child to end and reaps it.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitpid(int processId, int* status, int flags);

    /// <summary>posix_openpt(3): opens the master of a new pseudo-terminal.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int posix_openpt(int flags);

    /// <summary>grantpt(3): sets the owner and mode of a pseudo-terminal's slave.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int grantpt(int master);

    /// <summary>unlockpt(3): unlocks a pseudo-terminal's slave, so that it can be opened.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int unlockpt(int master);

    /// <summary>ptsname_r(3): writes the path of a pseudo-terminal's slave into a buffer.</summary>
    [LibraryImport(Library)]
    internal static partial int ptsname_r(int master, byte* buffer, nuint length);

    /// <summary>cfmakeraw(3): changes terminal attributes to raw mode: no echo, no line editing, no signals from keys, no conversion of
    /// bytes.</summary>
    [LibraryImport(Library)]
    internal static partial void cfmakeraw(termios* attributes);

    /// <summary>strerrorname_np(3), glibc 2.32: the name of an error number, such as <c>EBUSY</c>; null for an unknown number.</summary>
    [LibraryImport(Library)]
    internal static partial byte* strerrorname_np(int error);
}
