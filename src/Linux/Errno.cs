namespace Net.Linux;

/// <summary>Error numbers of the Linux system calls and of netlink, under readable names.</summary>
/// <remarks>Source: include/uapi/asm-generic/errno-base.h and errno.h; errno(3). A number that is not listed keeps its value.</remarks>
public enum Errno
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>EPERM: Operation not permitted.</summary>
    NotPermitted = 1,

    /// <summary>ENOENT: No such file, directory or object.</summary>
    NoEntry = 2,

    /// <summary>ESRCH: No such process; for routes and rules: no such entry.</summary>
    NoProcess = 3,

    /// <summary>EINTR: Interrupted system call.</summary>
    Interrupted = 4,

    /// <summary>EIO: Input or output error.</summary>
    InputOutput = 5,

    /// <summary>ENXIO: No such device or address.</summary>
    NoDeviceOrAddress = 6,

    /// <summary>E2BIG: Argument list too long.</summary>
    ArgumentListTooLong = 7,

    /// <summary>ENOEXEC: Exec format error.</summary>
    ExecFormat = 8,

    /// <summary>EBADF: Bad file descriptor.</summary>
    BadDescriptor = 9,

    /// <summary>ECHILD: No child processes.</summary>
    NoChild = 10,

    /// <summary>EAGAIN: Resource temporarily unavailable (also EWOULDBLOCK).</summary>
    TryAgain = 11,

    /// <summary>ENOMEM: Out of memory.</summary>
    OutOfMemory = 12,

    /// <summary>EACCES: Permission denied.</summary>
    AccessDenied = 13,

    /// <summary>EFAULT: Bad address.</summary>
    BadAddress = 14,

    /// <summary>EBUSY: Device or resource busy.</summary>
    Busy = 16,

    /// <summary>EEXIST: File or object exists.</summary>
    Exists = 17,

    /// <summary>EXDEV: Cross-device link.</summary>
    CrossDevice = 18,

    /// <summary>ENODEV: No such device.</summary>
    NoDevice = 19,

    /// <summary>ENOTDIR: Not a directory.</summary>
    NotDirectory = 20,

    /// <summary>EISDIR: Is a directory.</summary>
    IsDirectory = 21,

    /// <summary>EINVAL: Invalid argument.</summary>
    InvalidArgument = 22,

    /// <summary>ENFILE: Too many open files in the system.</summary>
    SystemFileLimit = 23,

    /// <summary>EMFILE: Too many open files in this process.</summary>
    ProcessFileLimit = 24,

    /// <summary>ENOTTY: Inappropriate ioctl for the device.</summary>
    NotTerminal = 25,

    /// <summary>ETXTBSY: Text file busy.</summary>
    TextBusy = 26,

    /// <summary>EFBIG: File too large.</summary>
    FileTooLarge = 27,

    /// <summary>ENOSPC: No space left on device.</summary>
    NoSpace = 28,

    /// <summary>ESPIPE: Illegal seek.</summary>
    IllegalSeek = 29,

    /// <summary>EROFS: Read-only file system.</summary>
    ReadOnlyFileSystem = 30,

    /// <summary>EMLINK: Too many links.</summary>
    TooManyLinks = 31,

    /// <summary>EPIPE: Broken pipe.</summary>
    BrokenPipe = 32,

    /// <summary>EDOM: Numerical argument out of domain.</summary>
    OutOfDomain = 33,

    /// <summary>ERANGE: Numerical result out of range.</summary>
    OutOfRange = 34,

    /// <summary>EDEADLK: Resource deadlock avoided.</summary>
    Deadlock = 35,

    /// <summary>ENAMETOOLONG: File name too long.</summary>
    NameTooLong = 36,

    /// <summary>ENOSYS: Function not implemented by this kernel.</summary>
    NotImplemented = 38,

    /// <summary>ENOTEMPTY: Directory not empty.</summary>
    NotEmpty = 39,

    /// <summary>ELOOP: Too many levels of symbolic links.</summary>
    SymbolicLinkLoop = 40,

    /// <summary>ENODATA: No data available.</summary>
    NoData = 61,

    /// <summary>EPROTO: Protocol error.</summary>
    Protocol = 71,

    /// <summary>EBADMSG: Bad message.</summary>
    BadMessage = 74,

    /// <summary>EOVERFLOW: Value too large for its type.</summary>
    Overflow = 75,

    /// <summary>EILSEQ: Invalid multi-byte sequence.</summary>
    IllegalSequence = 84,

    /// <summary>ERESTART: The kernel's state changed meanwhile (nf_tables generation).</summary>
    Restart = 85,

    /// <summary>ENOTSOCK: Not a socket.</summary>
    NotSocket = 88,

    /// <summary>EDESTADDRREQ: Destination address required.</summary>
    DestinationRequired = 89,

    /// <summary>EMSGSIZE: Message too long.</summary>
    MessageTooLong = 90,

    /// <summary>EPROTOTYPE: Protocol wrong type for socket.</summary>
    WrongProtocolType = 91,

    /// <summary>ENOPROTOOPT: Protocol option not available.</summary>
    NoProtocolOption = 92,

    /// <summary>EPROTONOSUPPORT: Protocol not supported.</summary>
    ProtocolNotSupported = 93,

    /// <summary>ESOCKTNOSUPPORT: Socket type not supported.</summary>
    SocketTypeNotSupported = 94,

    /// <summary>EOPNOTSUPP: Operation not supported.</summary>
    NotSupported = 95,

    /// <summary>EPFNOSUPPORT: Protocol family not supported.</summary>
    ProtocolFamilyNotSupported = 96,

    /// <summary>EAFNOSUPPORT: Address family not supported.</summary>
    AddressFamilyNotSupported = 97,

    /// <summary>EADDRINUSE: Address already in use.</summary>
    AddressInUse = 98,

    /// <summary>EADDRNOTAVAIL: Cannot assign the requested address.</summary>
    AddressNotAvailable = 99,

    /// <summary>ENETDOWN: Network is down.</summary>
    NetworkDown = 100,

    /// <summary>ENETUNREACH: Network is unreachable.</summary>
    NetworkUnreachable = 101,

    /// <summary>ENETRESET: Network dropped the connection on reset.</summary>
    NetworkReset = 102,

    /// <summary>ECONNABORTED: Software caused connection abort.</summary>
    ConnectionAborted = 103,

    /// <summary>ECONNRESET: Connection reset by peer.</summary>
    ConnectionReset = 104,

    /// <summary>ENOBUFS: No buffer space available; for netlink: messages were lost.</summary>
    NoBuffers = 105,

    /// <summary>EISCONN: Transport endpoint is already connected.</summary>
    IsConnected = 106,

    /// <summary>ENOTCONN: Transport endpoint is not connected.</summary>
    NotConnected = 107,

    /// <summary>ETIMEDOUT: Connection timed out.</summary>
    TimedOut = 110,

    /// <summary>ECONNREFUSED: Connection refused.</summary>
    ConnectionRefused = 111,

    /// <summary>EHOSTDOWN: Host is down.</summary>
    HostDown = 112,

    /// <summary>EHOSTUNREACH: No route to host.</summary>
    HostUnreachable = 113,

    /// <summary>EALREADY: Operation already in progress.</summary>
    AlreadyInProgress = 114,

    /// <summary>EINPROGRESS: Operation now in progress.</summary>
    InProgress = 115,

    /// <summary>ESTALE: Stale file handle.</summary>
    Stale = 116,

    /// <summary>EDQUOT: Disk quota exceeded.</summary>
    QuotaExceeded = 122,

    /// <summary>ECANCELED: Operation canceled.</summary>
    Canceled = 125,

    /// <summary>EOWNERDEAD: Owner died.</summary>
    OwnerDied = 130,

    /// <summary>ERFKILL: Operation not possible due to RF-kill.</summary>
    RadioKill = 132,
}
