using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Reads and writes kernel settings under /proc/sys, also those of another network namespace.</summary>
/// <remarks>
/// A setting is named by its path with slashes, <c>net/ipv4/conf/eth0.5/rp_filter</c>, since link names may contain dots. The settings
/// below net/ are those of the network namespace of the thread that opens the file, whichever process mounted /proc. Source: proc_sys(5),
/// proc_sys_lookup in fs/proc/proc_sysctl.c, net/sysctl_net.c.
/// </remarks>
public static class Sysctl
{
    internal const string Root = "/proc/sys/";

    /// <summary>Reads a setting without its line end; null when the setting does not exist for this kernel or this link.</summary>
    /// <param name="path">The path of the setting below /proc/sys, with slashes.</param>
    /// <param name="target">The network namespace; null means that of the calling thread.</param>
    /// <exception cref="LinuxException">The setting exists but cannot be read: the error of open(2) or read(2).</exception>
    public static string? Read(string path, NetworkNamespace? target = null) =>
        target is null ? ReadHere(path) : target.Run(() => ReadHere(path));

    /// <summary>Writes a setting.</summary>
    /// <param name="path">The path of the setting below /proc/sys, with slashes.</param>
    /// <param name="value">The value without a line end.</param>
    /// <param name="target">The network namespace; null means that of the calling thread.</param>
    /// <exception cref="LinuxException">NoEntry: the setting does not exist. EROFS: /proc/sys is mounted read-only, as in many containers.
    /// InvalidArgument: the kernel rejects the value.</exception>
    public static void Write(string path, string value, NetworkNamespace? target = null) => Write([new(path, value)], target);

    /// <summary>Writes several settings in order, in one visit to the namespace; stops at the first that fails.</summary>
    /// <param name="settings">The settings: the keys are paths below /proc/sys, with slashes.</param>
    /// <param name="target">The network namespace; null means that of the calling thread.</param>
    /// <exception cref="LinuxException">The errors of writing one setting; the operation names the setting that failed.</exception>
    public static void Write(IReadOnlyList<KeyValuePair<string, string>> settings, NetworkNamespace? target)
    {
        if (target is null)
        {
            WriteHere(settings);
        }
        else
        {
            target.Run(() => WriteHere(settings));
        }
    }

    private static string? ReadHere(string path)
    {
        using SafeFileHandle file = Files.Open(Root + path, O_RDONLY);
        if (file.IsInvalid)
        {
            return Errno.Last == Errno.NoEntry ? null : throw LinuxException.Last($"open sysctl {path}");
        }

        return SysctlFile.Read(file, out Errno errno) ?? throw new LinuxException($"read sysctl {path}", errno);
    }

    private static void WriteHere(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        foreach ((string path, string value) in settings)
        {
            string operation = $"set sysctl {path} to \"{value}\"";
            using SafeFileHandle file = Files.OpenOrThrow(Root + path, O_WRONLY, operation);
            Errno errno = Descriptor.Write(file, Encoding.UTF8.GetBytes(value), out _);
            if (errno != Errno.None)
            {
                throw new LinuxException(operation, errno);
            }
        }
    }
}
