using System.Buffers;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Net.Linux.Descriptors;
using Net.Linux.Interop;
using static Tmds.Linux.LibC;

namespace Net.Linux;

/// <summary>A kernel setting below /proc/sys that is read again and again, by a descriptor that stays open.</summary>
/// <remarks>To open a setting below /proc/sys/net takes the longer the more network namespaces a machine has: their names are in one chain
/// of the kernel's name cache, in which each is compared (proc_sys_compare in fs/proc/proc_sysctl.c). An open file stays that of its
/// namespace.</remarks>
public sealed class SysctlFile : IDisposable
{
    private const int FirstRead = 4096; // most are a number; a list of ports may have some hundred kilobytes
    private const int LastByte = 1; // which the kernel may keep for the end of the text

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
    public string? Read() => Read(_file, out _);

    /// <summary>Reads a setting whole, in one read however long it is: of some settings the kernel gives nothing to who reads on
    /// (proc_do_large_bitmap in kernel/sysctl.c).</summary>
    /// <param name="file">The open setting.</param>
    /// <param name="errno">None, or why it cannot be read.</param>
    /// <returns>The value without a line end; null when it cannot be read.</returns>
    internal static string? Read(SafeFileHandle file, out Errno errno)
    {
        for (int size = FirstRead; ; size *= 4)
        {
            byte[] value = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                errno = Descriptor.ReadFromStart(file, value, out int length);
                if (errno != Errno.None)
                {
                    return null;
                }

                if (length < size - LastByte)
                {
                    return Encoding.UTF8.GetString(value.AsSpan(0, length).TrimEnd((byte)'\n'));
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(value);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
