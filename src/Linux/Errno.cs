using System.Runtime.InteropServices;

using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>An error number of the Linux system calls and of netlink: errno(3). The numbers are those of this machine's C
/// library.</summary>
/// <param name="Number">The number; 0 is no error. Any number is allowed: what has no name here is still told from others.</param>
public readonly record struct Errno(int Number)
{
    /// <summary>No error.</summary>
    public static Errno None => default;

    /// <summary>EPERM: Operation not permitted.</summary>
    public static Errno NotPermitted => new(EPERM);

    /// <summary>ENOENT: No such file, directory or object.</summary>
    public static Errno NoEntry => new(ENOENT);

    /// <summary>ESRCH: No such process; for routes and rules: no such entry.</summary>
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

    /// <summary>ENFILE: Too many open files in the system.</summary>
    public static Errno SystemFileLimit => new(ENFILE);

    /// <summary>EMFILE: Too many open files in this process.</summary>
    public static Errno ProcessFileLimit => new(EMFILE);

    /// <summary>ETXTBSY: Text file busy.</summary>
    public static Errno TextBusy => new(ETXTBSY);

    /// <summary>ENOSPC: No space left on device.</summary>
    public static Errno NoSpace => new(ENOSPC);

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

    /// <summary>ERESTART: The kernel's state changed meanwhile (nf_tables generation).</summary>
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

    /// <summary>ENOBUFS: No buffer space available; for netlink: messages were lost.</summary>
    public static Errno NoBuffers => new(ENOBUFS);

    /// <summary>ECONNREFUSED: Connection refused.</summary>
    public static Errno ConnectionRefused => new(ECONNREFUSED);

    /// <summary>EINPROGRESS: Operation now in progress.</summary>
    public static Errno InProgress => new(EINPROGRESS);

    /// <summary>EXFULL: Exchange full; the answer of a bridge that has all its 1023 ports.</summary>
    public static Errno ExchangeFull => new(EXFULL);

    /// <summary>The error of the system call that this thread made last.</summary>
    internal static Errno Last => new(Marshal.GetLastPInvokeError());

    /// <summary>The error number of another library's answer.</summary>
    public static explicit operator Errno(int number) => new(number);

    /// <summary>Whether this is one of several errors.</summary>
    public bool IsAnyOf(params ReadOnlySpan<Errno> errors) => errors.Contains(this);

    /// <summary>The C library's name, such as <c>EBUSY</c>; the number where it has none.</summary>
    public override unsafe string ToString() =>
        Marshal.PtrToStringUTF8((nint)Glibc.strerrorname_np(Number)) ?? Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
