using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Linux;
using Net.Netlink;

namespace Net.Kernel.Errors;

/// <summary>Turns what the kernel refused into an error to be shown: object, cause, remedy.</summary>
internal static class KernelErrors
{
    private const Errno ExchangeFull = (Errno)54; // EXFULL: what a bridge with all its 1023 ports says

    /// <summary>The error to be shown for a desired object that could not be made or changed.</summary>
    public static CnmException Translate(Exception error, DesiredObject subject)
    {
        if (error is CnmException shown)
        {
            return shown;
        }

        (CnmErrorKind kind, string? remedy) = Judge(ErrnoOf(error), subject);
        string message = $"{ObjectWords.Of(subject)}: {error.Message}";
        return new CnmException(kind, remedy is null ? message : $"{message}; {remedy}", error);
    }

    /// <summary>The same error with what could not be undone after it.</summary>
    public static CnmException WithUndoFailures(CnmException cause, IReadOnlyList<string> failures) =>
        failures.Count == 0
            ? cause
            : new CnmException(cause.Kind, $"{cause.Message} (and what was done before could not all be undone: {string.Join("; ", failures)})", cause);

    /// <summary>Whether a removal failed because there is nothing to remove.</summary>
    public static bool IsAlreadyGone(Exception error) =>
        ErrnoOf(error) is Errno.NoEntry or Errno.NoDevice or Errno.NoProcess or Errno.AddressNotAvailable or Errno.NoDeviceOrAddress;

    private static Errno? ErrnoOf(Exception error) => error switch
    {
        NetlinkException refused => refused.Errno,
        LinuxException failed => failed.Errno,
        FileNotFoundException or DirectoryNotFoundException => Errno.NoEntry,
        _ => null,
    };

    private static (CnmErrorKind Kind, string? Remedy) Judge(Errno? errno, DesiredObject subject) => (errno, subject) switch
    {
        (Errno.NotSupported, BridgeLink) =>
            (CnmErrorKind.Unavailable, "the kernel has no bridge support (CONFIG_BRIDGE); load the module bridge or start a kernel that has it"),
        (Errno.NotSupported, VethPair) =>
            (CnmErrorKind.Unavailable, "the kernel has no veth support (CONFIG_VETH); load the module veth or start a kernel that has it"),
        (ExchangeFull, VethPair veth) =>
            (CnmErrorKind.Unavailable, $"bridge {veth.Bridge} has all the ports that the kernel allows (1023); use another network"),
        (Errno.Exists, _) => (CnmErrorKind.Conflict, "something else stands in its place; remove that or choose another"),
        (Errno.NotPermitted or Errno.AccessDenied, _) => (CnmErrorKind.Forbidden, "the daemon needs root (CAP_NET_ADMIN and CAP_SYS_ADMIN)"),
        (Errno.ProcessFileLimit or Errno.SystemFileLimit, _) => (CnmErrorKind.Unavailable, "raise the limit of open files (ulimit -n, LimitNOFILE)"),
        (Errno.OutOfMemory or Errno.NoBuffers or Errno.NoSpace, _) =>
            (CnmErrorKind.Unavailable, "the kernel has no room left; remove containers or raise its limits"),
        _ => (CnmErrorKind.Internal, null),
    };
}
