using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Linux;
using Net.Netlink;

namespace Net.Kernel.Errors;

/// <summary>Turns an error of the kernel into one that is shown to people: it names the object, the cause and the remedy.</summary>
internal static class KernelErrors
{
    /// <summary>The error that is shown for a desired object that could not be made or changed.</summary>
    public static CnmException Translate(Exception error, DesiredObject subject)
    {
        if (error is CnmException shown)
        {
            return shown;
        }

        bool expected = error is IOException or UnauthorizedAccessException;
        string message = $"{ObjectWords.Of(subject)}: {(expected ? "" : $"an unexpected {error.GetType().Name}: ")}{error.Message}";
        (CnmErrorKind kind, string? remedy) = FileOf(subject) is { } file && DiskFault.Describe(error, file) is { } fault
            ? (CnmErrorKind.Unavailable, fault)
            : Judge(ErrnoOf(error), subject);
        return new CnmException(kind, remedy is null ? message : $"{message}; {remedy}", error);
    }

    /// <summary>The error that is shown when the link on which an object is to be is not there.</summary>
    public static CnmException NoLink(DesiredObject subject, string link) => new(
        CnmErrorKind.Unavailable,
        subject is VethPair { BridgeIsAdopted: true }
            ? $"{ObjectWords.Of(subject)}: bridge {link}, which another program made, is not there; bring it back, or remove the "
                + "network and create it on another"
            : $"{ObjectWords.Of(subject)}: link {link} is not there; netctl doctor --fix makes again what is missing");

    /// <summary>The same error, followed by what could not be undone.</summary>
    public static CnmException WithUndoFailures(CnmException cause, IReadOnlyList<string> failures) =>
        failures.Count == 0
            ? cause
            : new CnmException(
                cause.Kind, $"{cause.Message} (and what was done before could not all be undone: {string.Join("; ", failures)})", cause);

    /// <summary>Whether a removal failed because there is nothing to remove.</summary>
    public static bool IsAlreadyGone(Exception error) =>
        ErrnoOf(error) is { } errno
        && errno.IsAnyOf(Errno.NoEntry, Errno.NoDevice, Errno.NoProcess, Errno.AddressNotAvailable, Errno.NoDeviceOrAddress);

    /// <summary>The file on a disk that an object is; null for what is in the kernel alone.</summary>
    private static string? FileOf(DesiredObject subject) => subject switch
    {
        SandboxFile file => file.Path,
        _ => null,
    };

    private static Errno? ErrnoOf(Exception error) => error switch
    {
        NetlinkException refused => refused.Errno,
        LinuxException failed => failed.Errno,
        FileNotFoundException or DirectoryNotFoundException => Errno.NoEntry,
        IOException failed when failed.HResult == Errno.NoSpace.Number => Errno.NoSpace, // the runtime has no type of its own for it
        _ => null,
    };

    private static (CnmErrorKind Kind, string? Remedy) Judge(Errno? errno, DesiredObject subject) => subject switch
    {
        SysctlObject setting when errno is { } wrong && wrong.IsAnyOf(Errno.NoEntry, Errno.InvalidArgument, Errno.OutOfRange) =>
            (
                CnmErrorKind.InvalidParameter,
                wrong == Errno.NoEntry
                    ? $"the kernel has no setting {setting.Path}; see sysctl -a for those that it has"
                    : $"the kernel does not take \"{setting.Value}\" for {setting.Path}; see its documentation for the values"),
        LinkObject link when errno == Errno.NotSupported =>
            (
                CnmErrorKind.Unavailable,
                $"the kernel has no {link.Kind} support ({link.BuildOption}); load the module {link.Module} or start a kernel that has it"),
        VethPair veth when errno == Errno.ExchangeFull =>
            (CnmErrorKind.Unavailable, $"bridge {veth.Bridge} has all the ports that the kernel allows (1023); use another network"),
        LinkAddress { Address.IsIPv6: true } address when errno == Errno.AccessDenied =>
            (CnmErrorKind.Unavailable, $"IPv6 is off on {address.Link} (disable_ipv6); turn it on, or leave IPv6 out"),
        _ when errno == Errno.Exists => (CnmErrorKind.Conflict, "something else stands in its place; remove that or choose another"),
        _ when errno is { } refusal && refusal.IsAnyOf(Errno.NotPermitted, Errno.AccessDenied) =>
            (CnmErrorKind.Forbidden, "the daemon needs root (CAP_NET_ADMIN and CAP_SYS_ADMIN)"),
        _ when errno is { } full && full.IsAnyOf(Errno.ProcessFileLimit, Errno.SystemFileLimit) =>
            (CnmErrorKind.Unavailable, "raise the limit of open files (ulimit -n, LimitNOFILE)"),
        NamespaceObject { Namespace.Path: { } path } when errno == Errno.NoSpace =>
            (
                CnmErrorKind.Unavailable,
                $"free some space on the disk that holds {Path.GetDirectoryName(path)} (df -i), or raise the limit "
                    + "user.max_net_namespaces"),
        _ when errno is { } scarce && scarce.IsAnyOf(Errno.OutOfMemory, Errno.NoBuffers, Errno.NoSpace) =>
            (CnmErrorKind.Unavailable, "the kernel has no room left; remove containers or raise its limits"),
        _ => (CnmErrorKind.Internal, null),
    };
}
