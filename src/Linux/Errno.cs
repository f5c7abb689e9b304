using System.Runtime.InteropServices;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>An error number of the Linux system calls and of netlink: errno(3). The numbers differ between architectures; they are those of
/// the architecture this process runs on.</summary>
/// <param name="Number">The error number; 0 is no error. Numbers that have no property here are valid too.</param>
public readonly record struct Errno(int Number)
{
    /// <summary>No error.</summary>
    public static Errno None => default;

    /// <summary>EPERM: Operation not permitted.</summary>
    public static Errno NotPermitted => new(EPERM);

    /// <summary>ENOENT: No such file, directory or object.</summary>
    public static Errno NoEntry => new(ENOENT);

    /// <summary>ESRCH: No such process; for routes and rules of rtnetlink(7): no such entry.</summary>
    public static Errno NoProcess => new(ESRCH);

    /// <summary>EINTR: Interrupted system call.</summary>
    public static Errno Interrupted => new(EINTR);

    /// <summary>ENXIO: No such device or address.</summary>
    public static Errno NoDeviceOrAddress => new(ENXIO);

    /// <summary>E2BIG: Argument list too long.</summary>
    public static Errno ArgumentListTooLong => new(E2BIG);

    /// <summary>ENOEXEC: Exec format error.</summary>
    public static Errno ExecFormat => new(ENOEXEC);

    /// <summary>EBADF: Bad file descriptor.</summary>
    public static Errno BadDescriptor => new(EBADF);

    /// <summary>EAGAIN: Resource temporarily unavailable (also EWOULDBLOCK).</summary>
    public static Errno TryAgain => new(EAGAIN);

    /// <summary>ENOMEM: Out of memory.</summary>
    public static Errno OutOfMemory => new(ENOMEM);

    /// <summary>EACCES: Permission denied.</summary>
    public static Errno AccessDenied => new(EACCES);

    /// <summary>EBUSY: Device or resource busy.</summary>
    public static Errno Busy => new(EBUSY);

    /// <summary>EEXIST: File or object exists.</summary>
    public static Errno Exists => new(EEXIST);

    /// <summary>ENODEV: No such device.</summary>
    public static Errno NoDevice => new(ENODEV);

    /// <summary>ENOTDIR: Not a directory.</summary>
    public static Errno NotDirectory => new(ENOTDIR);

    /// <summary>EISDIR: Is a directory.</summary>
    public static Errno IsDirectory => new(EISDIR);

    /// <summary>EINVAL: Invalid argument.</summary>
    public static Errno InvalidArgument => new(EINVAL);

    /// <summary>EHOSTUNREACH: No route to host.</summary>
    public static Errno HostUnreachable => new(EHOSTUNREACH);

    /// <summary>ENFILE: Too many open files in the system.</summary>
    public static Errno SystemFileLimit => new(ENFILE);

    /// <summary>EMFILE: Too many open files in this process.</summary>
    public static Errno ProcessFileLimit => new(EMFILE);

    /// <summary>ETXTBSY: Text file busy.</summary>
    public static Errno TextBusy => new(ETXTBSY);

    /// <summary>ENOSPC: No space left on device.</summary>
    public static Errno NoSpace => new(ENOSPC);

    /// <summary>EROFS: Read-only file system.</summary>
    public static Errno ReadOnlyFileSystem => new(EROFS);

    /// <summary>EDQUOT: Disk quota exceeded.</summary>
    public static Errno QuotaExceeded => new(EDQUOT);

    /// <summary>EPIPE: Broken pipe.</summary>
    public static Errno BrokenPipe => new(EPIPE);

    /// <summary>ERANGE: Numerical result out of range.</summary>
    public static Errno OutOfRange => new(ERANGE);

    /// <summary>ENAMETOOLONG: File name too long.</summary>
    public static Errno NameTooLong => new(ENAMETOOLONG);

    /// <summary>ELOOP: Too many levels of symbolic links.</summary>
    public static Errno SymbolicLinkLoop => new(ELOOP);

    /// <summary>EBADMSG: Bad message.</summary>
    public static Errno BadMessage => new(EBADMSG);

    /// <summary>ERESTART: Interrupted system call should be restarted; for nf_tables: the generation of the rule set has changed since it
    /// was read.</summary>
    public static Errno Restart => new(ERESTART);

    /// <summary>EPROTONOSUPPORT: Protocol not supported.</summary>
    public static Errno ProtocolNotSupported => new(EPROTONOSUPPORT);

    /// <summary>ESOCKTNOSUPPORT: Socket type not supported.</summary>
    public static Errno SocketTypeNotSupported => new(ESOCKTNOSUPPORT);

    /// <summary>EOPNOTSUPP: Operation not supported.</summary>
    public static Errno NotSupported => new(EOPNOTSUPP);

    /// <summary>EAFNOSUPPORT: Address family not supported.</summary>
    public static Errno AddressFamilyNotSupported => new(EAFNOSUPPORT);

    /// <summary>EADDRINUSE: Address already in use.</summary>
    public static Errno AddressInUse => new(EADDRINUSE);

    /// <summary>EADDRNOTAVAIL: Cannot assign the requested address.</summary>
    public static Errno AddressNotAvailable => new(EADDRNOTAVAIL);

    /// <summary>ECONNABORTED: Software caused connection abort.</summary>
    public static Errno ConnectionAborted => new(ECONNABORTED);

    /// <summary>ENOBUFS: No buffer space available; for netlink(7): the receive buffer overflowed and messages were lost.</summary>
    public static Errno NoBuffers => new(ENOBUFS);

    /// <summary>ECONNREFUSED: Connection refused.</summary>
    public static Errno ConnectionRefused => new(ECONNREFUSED);

    /// <summary>EINPROGRESS: Operation now in progress.</summary>
    public static Errno InProgress => new(EINPROGRESS);

    /// <summary>EXFULL: Exchange full; the kernel's error for adding a port to a bridge that already has its maximum of 1023
    /// ports.</summary>
    public static Errno ExchangeFull => new(EXFULL);

    /// <summary>The error of the last system call of the calling thread, as P/Invoke saved it (SetLastError).</summary>
    internal static Errno Last => new(Marshal.GetLastPInvokeError());

    /// <summary>Converts an error number that a C function returned as its value.</summary>
    public static explicit operator Errno(int number) => new(number);

    /// <summary>Whether this error is one of <paramref name="errors"/>.</summary>
    public bool IsAnyOf(params ReadOnlySpan<Errno> errors) => errors.Contains(this);

    /// <summary>The symbolic name from strerrorname_np(3), such as <c>EBUSY</c>; the decimal number when there is no name.</summary>
    public override unsafe string ToString() =>
        Marshal.PtrToStringUTF8((nint)Glibc.strerrorname_np(Number)) ?? Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
