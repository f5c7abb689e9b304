using System.Net.Sockets;

using Net.Linux.Sockets;

namespace Net.Tests.Unit.Linux;

/// <summary>Who listens at a path is read from the kernel's table, without a connection.</summary>
public sealed class UnixSocketTableTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netctl-sockets-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Listening_sockets_with_a_path_are_read() => Assert.Equal(
        ["/run/docker/plugins/netctl.sock", "/run/with a space"],
        UnixSocketTable.ParseListening(
        [
            "Num       RefCount Protocol Flags    Type St Inode Path",
            "0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/docker/plugins/netctl.sock",
            "ffff8881047b3c00: 00000002 00000000 00010000 0001 01    77 /run/with a space",
            "0000000000000000: 00000003 00000000 00000000 0001 03 12346 /run/docker/plugins/netctl.sock.connection",
            "0000000000000000: 00000002 00000000 00000000 0002 01 12347 /run/datagrams",
            "0000000000000000: 00000002 00000000 00010000 0001 01 12348 @/run/abstract",
            "0000000000000000: 00000003 00000000 00010000 0001 03 12349",
            "",
        ]));

    [Fact]
    public void A_socket_is_found_by_every_path_that_leads_to_it_while_it_listens()
    {
        string path = Path.Combine(_folder, "s");
        string link = Path.Combine(_folder, "link");
        File.CreateSymbolicLink(link, path);
        Assert.False(UnixSocketTable.IsListening(path));
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        Assert.False(UnixSocketTable.IsListening(path));
        socket.Listen();
        Assert.True(UnixSocketTable.IsListening(path));
        Assert.True(UnixSocketTable.IsListening(link));
        Assert.False(socket.Poll(0, SelectMode.SelectRead)); // nobody has connected

        File.Delete(path);
        Assert.False(UnixSocketTable.IsListening(path));
    }

    [Fact]
    public void A_file_that_nobody_listens_at_any_more_is_stale()
    {
        string path = Path.Combine(_folder, "s");
        Net.Linux.Descriptors.UnixListener.Listen(path).Dispose();
        Assert.True(File.Exists(path));
        Assert.False(UnixSocketTable.IsListening(path));
    }
}
