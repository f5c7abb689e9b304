using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Net.Cnm.Errors;
using Net.Linux;
using Net.Plugins;

namespace Net.Tests.Unit.Plugins;

/// <summary>How plug-ins are looked for and asked.</summary>
public sealed class PluginDirectoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("netctl-test-").FullName;

    [Theory]
    [InlineData("mkfifo x.spec", "is no regular file")]
    [InlineData("mkfifo x.json", "is no regular file")]
    [InlineData("mkdir x.spec", "is no regular file")]
    [InlineData("ln -s /dev/zero x.spec", "is no regular file")]
    [InlineData("truncate -s 1G x.json", "is larger than 1024 KiB")]
    [InlineData("ln -s x.spec x.spec", "cannot be read")]
    public async Task A_file_that_is_no_small_regular_one_is_refused_at_once(string make, string words)
    {
        Shell(make);
        using PluginDirectory directory = Open();
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => directory.FindNetworkDriverAsync("x", default).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(CnmErrorKind.Unavailable, error.Kind);
        Assert.Contains(words, error.Message);
        Assert.Contains($"{_folder}/x.", error.Message);
    }

    [Fact]
    public async Task A_certificate_that_is_a_FIFO_is_refused_at_once()
    {
        Shell("mkfifo ca.pem");
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "x.json"), $$"""{"Addr":"tcp://localhost:1","TLSConfig":{"CAFile":"{{_folder}}/ca.pem"} }""");
        using PluginDirectory directory = Open();
        CnmException error = await Assert.ThrowsAsync<CnmException>(
            () => directory.FindNetworkDriverAsync("x", default).AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Contains("is no regular file", error.Message);
    }

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.1")]
    public async Task A_plug_in_may_close_its_connection_after_each_answer(string version)
    {
        using var plugin = new Answering(Path.Combine(_folder, "a.sock"), version);
        await File.WriteAllTextAsync(Path.Combine(_folder, "x.spec"), $"unix://{_folder}/a.sock");
        using PluginDirectory directory = Open();
        Assert.NotNull(await directory.FindNetworkDriverAsync("x", default));
        Assert.True(plugin.Requests > 1, $"{plugin.Requests} requests");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private PluginDirectory Open() => new(
        "own", null, [_folder], file => RegularFile.ReadText(file, mostBytes: 1 << 20), new PluginTimes(), TimeProvider.System);

    private void Shell(string command)
    {
        using Process shell = Process.Start(new ProcessStartInfo("sh", ["-c", command]) { WorkingDirectory = _folder })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>A plug-in that gives one answer to everything, once for each connection, and closes it when it is asked again.</summary>
    private sealed class Answering : IDisposable
    {
        private const string Answer = "{\"Implements\":[\"NetworkDriver\"],\"Scope\":\"local\"}";

        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly string _version;
        private int _requests;

        public Answering(string path, string version)
        {
            _version = version;
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            _listener.Listen();
            _ = Task.Run(ServeAsync);
        }

        public int Requests => Volatile.Read(ref _requests);

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            while (true)
            {
                Socket connection = await _listener.AcceptAsync();
                _ = Task.Run(() => AnswerAsync(connection));
            }
        }

        private async Task AnswerAsync(Socket connection)
        {
            using (connection)
            {
                byte[] request = new byte[4096];
                await connection.ReceiveAsync(request);
                Interlocked.Increment(ref _requests);
                await connection.SendAsync(
                    Encoding.ASCII.GetBytes($"HTTP/{_version} 200 OK\r\nContent-Length: {Answer.Length}\r\n\r\n{Answer}"));
                await connection.ReceiveAsync(request);
            }
        }
    }
}
