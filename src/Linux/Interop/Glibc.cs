using System.Runtime.InteropServices;

using Tmds.Linux;

namespace Net.Linux.Interop;

/// <summary>The functions of the C library that Tmds.LibC does not have, under their own names. Descriptors are numbers, texts are C
/// strings.</summary>
/// <remarks>Those that return -1 leave their error in <see cref="Errno.Last"/>; the posix_ and ptsname_r functions return it.</remarks>
internal static unsafe partial class Glibc
{
    private const string Library = "libc.so.6";

    /// <summary>recvmmsg(2): receives several messages.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int recvmmsg(int socket, mmsghdr* messages, uint count, int flags, void* timeout);

    /// <summary>sendmmsg(2): sends several messages.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int sendmmsg(int socket, mmsghdr* messages, uint count, int flags);

    /// <summary>poll(2): waits for readiness. Tmds.LibC 0.5.0 has it, but does not keep its error number.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int poll(pollfd* descriptors, nuint count, int timeoutMilliseconds);

    /// <summary>prctl(2): sets a property of the process.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prctl(int option, nuint value, nuint third, nuint fourth, nuint fifth);

    /// <summary>prlimit(2): sets and reads a resource limit, 64 bits wide everywhere; struct rlimit64 is two numbers, soft and
    /// hard.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int prlimit64(int processId, int resource, ulong* set, ulong* get);

    /// <summary>waitpid(2): waits for a child to end and reaps it.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int waitpid(int processId, int* status, int flags);

    /// <summary>posix_openpt(3): opens a new pseudo-terminal's master.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int posix_openpt(int flags);

    /// <summary>grantpt(3): gives a pseudo-terminal's slave its owner and mode.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int grantpt(int master);

    /// <summary>unlockpt(3): lets a pseudo-terminal's slave be opened.</summary>
    [LibraryImport(Library, SetLastError = true)]
    internal static partial int unlockpt(int master);

    /// <summary>ptsname_r(3): names a pseudo-terminal's slave.</summary>
    [LibraryImport(Library)]
    internal static partial int ptsname_r(int master, byte* buffer, nuint length);

    /// <summary>cfmakeraw(3): no echo, no lines, no signals, bytes as they are.</summary>
    [LibraryImport(Library)]
    internal static partial void cfmakeraw(termios* attributes);

    /// <summary>strerrorname_np(3), glibc 2.32: the name of an error number, such as <c>EBUSY</c>; null for a number that is
    /// none.</summary>
    [LibraryImport(Library)]
    internal static partial byte* strerrorname_np(int error);
}
