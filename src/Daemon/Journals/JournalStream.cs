using System.Globalization;
using Net.Linux.Descriptors;

namespace Net.Daemon.Journals;

/// <summary>Whether what this process writes to standard error goes to systemd's journal.</summary>
internal static class JournalStream
{
    private const string Variable = "JOURNAL_STREAM"; // systemd.exec(5)

    /// <summary>Whether standard error is the stream of which the environment tells. A child inherits the variable, but may have another
    /// standard error.</summary>
    public static bool IsStandardError() =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told
        && FileIdentity.Read("/proc/self/fd/2") is { } own
        && told == string.Create(CultureInfo.InvariantCulture, $"{DeviceOf(own.Major, own.Minor)}:{own.Inode}");

    // The number that stat(2) gives for a device: gnu_dev_makedev, bits/sysmacros.h.
    private static ulong DeviceOf(ulong major, ulong minor) =>
        ((major & 0xfff) << 8) | ((major & ~0xffful) << 32) | (minor & 0xff) | ((minor & ~0xfful) << 12);
}
