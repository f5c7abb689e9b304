using Net.Dns.Files;

namespace Net.Tests.Unit.Dns.Files;

public sealed class HostResolverFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("resolv").FullName;

    [Theory]
    [InlineData("nameserver 127.0.0.53\n", "nameserver 192.0.2.1\n", "192.0.2.1")]
    [InlineData("nameserver 127.0.0.53\n", null, "127.0.0.53")]
    [InlineData("nameserver 127.0.0.53\nnameserver 192.0.2.9\n", "nameserver 192.0.2.1\n", "127.0.0.53 192.0.2.9")]
    [InlineData("nameserver 127.0.0.53\n", "# No DNS servers known.\n", "127.0.0.53")]
    [InlineData("nameserver 192.0.2.9\n", "nameserver 192.0.2.1\n", "192.0.2.9")]
    [InlineData(null, null, "")]
    public void The_file_behind_the_stub_of_systemd_is_read(string? host, string? systemd, string expected)
    {
        var file = new HostResolverFile(Write("resolv.conf", host), Write("missing/real.conf", systemd));
        Assert.Equal(expected, string.Join(' ', file.Read().NameServers));
    }

    [Fact]
    public void What_never_ends_is_no_file_to_read()
    {
        string path = Path.Combine(_folder, "resolv.conf");
        File.CreateSymbolicLink(path, "/dev/zero");
        Assert.Throws<IOException>(new HostResolverFile(path, path).Read);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string? text)
    {
        string path = Path.Combine(_folder, name);
        if (text is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        return path;
    }
}
