using System.Text;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>Reads and writes kernel settings under /proc/sys, also those of another network namespace.</summary>
/// <remarks>
/// A setting is named by its path with slashes, <c>net/ipv4/conf/eth0.5/rp_filter</c>, since link names may have dots. What is below net/
/// is that of the namespace of the thread that opens the file, whichever /proc it is: proc_sys_lookup, net/sysctl_net.c.
/// </remarks>
public static class Sysctl
{
    private const string Root = "/proc/sys/";

    /// <summary>Reads a setting without its line end; null when this kernel, or this link, has no such setting.</summary>
    /// <param name="path">Below /proc/sys, with slashes.</param>
    /// <param name="target">The network namespace; null for that of the calling thread.</param>
    /// <exception cref="LinuxException">The setting is there but cannot be read.</exception>
    public static string? Read(string path, NetworkNamespace? target = null) =>
        target is null ? ReadHere(path) : target.Run(() => ReadHere(path));

    /// <summary>Writes a setting.</summary>
    /// <param name="path">Below /proc/sys, with slashes.</param>
    /// <param name="value">Without line end.</param>
    /// <param name="target">The network namespace; null for that of the calling thread.</param>
    /// <exception cref="LinuxException">NoEntry: no such setting. ReadOnlyFileSystem: /proc/sys is read-only, as in many containers.
    /// InvalidArgument: the kernel does not take the value.</exception>
    public static void Write(string path, string value, NetworkNamespace? target = null) => Write([new(path, value)], target);

    /// <summary>Writes several settings in one visit, in order; stops at the first that fails.</summary>
    /// <param name="settings">Paths below /proc/sys and values.</param>
    /// <param name="target">The network namespace; null for that of the calling thread.</param>
    /// <exception cref="LinuxException">As for one; the operation names the setting.</exception>
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

        Span<byte> buffer = stackalloc byte[4096];
        Errno errno = Descriptor.Read(file, buffer, out int length);
        return errno == Errno.None
            ? Encoding.UTF8.GetString(buffer[..length]).TrimEnd('\n')
            : throw new LinuxException($"read sysctl {path}", errno);
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
