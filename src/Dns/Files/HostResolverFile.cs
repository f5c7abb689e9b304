using System.Buffers;
using System.Net;
using System.Text;

using Microsoft.Win32.SafeHandles;

namespace Net.Dns.Files;

/// <summary>Reads the host's resolv.conf, or the real one behind the stub of systemd-resolved.</summary>
/// <param name="path">The file that programs of the host read.</param>
/// <param name="systemdPath">The file in which systemd-resolved lists the servers that it asks itself.</param>
public sealed class HostResolverFile(
    string path = HostResolverFile.DefaultPath, string systemdPath = HostResolverFile.DefaultSystemdPath)
{
    /// <summary>The file of resolv.conf(5).</summary>
    public const string DefaultPath = "/etc/resolv.conf";

    /// <summary>The file of systemd-resolved(8).</summary>
    public const string DefaultSystemdPath = "/run/systemd/resolve/resolv.conf";

    private const int MostBytes = 32 * 1024; // no resolv.conf has more; a device that a link leads to may never end

    private static readonly IPAddress SystemdStub = new([127, 0, 0, 53]);

    /// <summary>Reads the files as they are now.</summary>
    /// <returns>What the host's file says, or, when the only server in it is 127.0.0.53 and systemd's file names servers, what that one says: until
    /// systemd-resolved has learned of some, the stub is the one to ask. A file that is not there says nothing.</returns>
    /// <exception cref="IOException">A file is there and cannot be read, or is longer than any resolv.conf.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public ResolvConf Read()
    {
        ResolvConf host = Read(path) ?? ResolvConf.Empty;
        return IsStubOnly(host) && Read(systemdPath) is { NameServers.IsEmpty: false } real ? real : host;
    }

    /// <summary>Whether a file leads to the stub of systemd-resolved and nowhere else: it answers only in the host's namespace.</summary>
    public static bool IsStubOnly(ResolvConf file) =>
        !file.NameServers.IsEmpty && file.NameServers.All(static server => server.Equals(SystemdStub));

    private static ResolvConf? Read(string file)
    {
        try
        {
            using SafeFileHandle handle = File.OpenHandle(file);
            return Parse(handle) ?? throw new IOException($"{file} has more than {MostBytes} bytes and is no resolv.conf");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
    // Null: it is too long. Into borrowed room, since this is done again and again.
    private static ResolvConf? Parse(SafeFileHandle handle)
    {
        byte[] room = ArrayPool<byte>.Shared.Rent(MostBytes + 1);
        try
        {
            int length = 0;
            for (int read = 1; read > 0 && length <= MostBytes; length += read)
            {
                read = RandomAccess.Read(handle, room.AsSpan(length), length);
            }

            return length > MostBytes ? null : ResolvConf.Parse(Encoding.UTF8.GetString(room, 0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}
