using System.Text;
using Microsoft.Win32.SafeHandles;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>A kernel setting below /proc/sys that is read again and again, by a descriptor that stays open.</summary>
/// <remarks>To open a setting below /proc/sys/net takes the longer the more network namespaces a machine has: their names are in one chain
/// of the kernel's name cache, in which each is compared (proc_sys_compare in fs/proc/proc_sysctl.c). An open file stays that of its
/// namespace.</remarks>
public sealed class SysctlFile : IDisposable
{
    private readonly SafeFileHandle _file;

    private SysctlFile(SafeFileHandle file) => _file = file;

    /// <summary>Opens a setting; null when this kernel or this link does not have it.</summary>
    /// <param name="path">The path of the setting below /proc/sys, with slashes.</param>
    /// <param name="target">The network namespace.</param>
    /// <exception cref="LinuxException">The setting exists but cannot be opened.</exception>
    public static SysctlFile? TryOpen(string path, NetworkNamespace target)
    {
        (SafeFileHandle file, Errno errno) = target.Run(() =>
        {
            SafeFileHandle opened = Files.Open(Sysctl.Root + path, O_RDONLY);
            return (opened, opened.IsInvalid ? Errno.Last : Errno.None);
        });
        return errno == Errno.None ? new SysctlFile(file)
            : errno == Errno.NoEntry ? null
            : throw new LinuxException($"open sysctl {path}", errno);
    }

    /// <summary>The value without a line end; null when the setting has gone with its link.</summary>
    public string? Read()
    {
        byte[] value = new byte[4096];
        try
        {
            return Encoding.UTF8.GetString(value.AsSpan(0, RandomAccess.Read(_file, value, 0))).TrimEnd('\n');
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
