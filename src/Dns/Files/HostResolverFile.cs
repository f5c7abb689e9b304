using System.Buffers;
using System.Net;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace Net.Dns.Files;

/// <summary>Reads the host's resolv.conf or, when that names only the stub of systemd-resolved, the file with the stub's upstream
/// servers.</summary>
/// <param name="path">The file that programs of the host read.</param>
/// <param name="systemdPath">The file in which systemd-resolved lists its upstream servers.</param>
public sealed class HostResolverFile(
    string path = HostResolverFile.DefaultPath, string systemdPath = HostResolverFile.DefaultSystemdPath)
{
    /// <summary>The file of resolv.conf(5).</summary>
    public const string DefaultPath = "/etc/resolv.conf";

    /// <summary>The file of systemd-resolved(8).</summary>
    public const string DefaultSystemdPath = "/run/systemd/resolve/resolv.conf";

    private const int MaxBytes = 32 * 1024; // no resolv.conf is longer; a symbolic link may lead to a device that never ends

    private static readonly IPAddress SystemdStub = new([127, 0, 0, 53]);

    /// <summary>Reads the files as they are now.</summary>
    /// <returns>The contents of the host's file or, when the only server in it is 127.0.0.53 and systemd's file names servers, the contents
    /// of systemd's file: while systemd-resolved knows no servers, the stub is the one to ask. A missing file counts as empty.</returns>
    /// <exception cref="IOException">A file is there and cannot be read, or is longer than any resolv.conf.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public ResolvConf Read()
    {
        ResolvConf host = Read(path) ?? ResolvConf.Empty;
        return IsStubOnly(host) && Read(systemdPath) is { NameServers.IsEmpty: false } real ? real : host;
    }

    /// <summary>Whether a file names only the stub of systemd-resolved, which answers only in the host's namespace.</summary>
    public static bool IsStubOnly(ResolvConf file) =>
        !file.NameServers.IsEmpty && file.NameServers.All(static server => server.Equals(SystemdStub));

    private static ResolvConf? Read(string file)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(file);
            return Parse(handle) ?? throw new IOException($"{file} has more than {MaxBytes} bytes and is no resolv.conf");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // Null when the file is too long. The buffer is pooled, since the file is read once a second.
    private static ResolvConf? Parse(SafeFileHandle handle)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MaxBytes + 1);
        try
        {
            int length = 0;
            for (int read = 1; read > 0 && length <= MaxBytes; length += read)
            {
                read = RandomAccess.Read(handle, buffer.AsSpan(length), length);
            }

            return length > MaxBytes ? null : ResolvConf.Parse(Encoding.UTF8.GetString(buffer, 0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
