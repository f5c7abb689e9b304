using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Net.Tests.TestKit;

namespace Net.Tests.Benchmarks.Operations;

/// <summary>The native daemon in a throw-away host, and a client of its socket that keeps its connection.</summary>
internal sealed class BenchDaemon : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _client;
    private readonly string _execRoot;

    /// <summary>Starts the daemon, and returns when it answers.</summary>
    /// <param name="host">The host; the calling thread is in it.</param>
    public BenchDaemon(HostNamespace host)
    {
        Binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? throw new InvalidOperationException("NETCTL_BINARY names no netctl; build one with netlab/build.sh and set it");
        string path = $"{host.Directory}/netctl.sock";
        _execRoot = $"/dev/shm/netctl-bench-{Environment.ProcessId}"; // in memory, as /run is
        Environment.SetEnvironmentVariable("NETCTL_HOST", $"unix://{path}");
        _process = Process.Start(new ProcessStartInfo(
            Binary,
            [
                "daemon", "--data-root", $"{host.Directory}/data", "--exec-root", _execRoot, "--host", $"unix://{path}",
                "--firewall-backend", "nftables", "--log-level", "error",
            ]))!;
        while (Command.TryRun(Binary, "version").ExitCode != 0)
        {
            Thread.Sleep(10);
        }

        // Only this thread sees the host's files.
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        _client = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = (_, _) => ValueTask.FromResult<Stream>(new NetworkStream(socket, ownsSocket: true)),
        })
        { BaseAddress = new Uri("http://netctl") };
    }

    /// <summary>The native netctl.</summary>
    public string Binary { get; }

    /// <summary>Sends a request, and returns when it was answered with success.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path, such as <c>/networks/create</c>.</param>
    /// <param name="body">JSON; null for none.</param>
    public void Ask(HttpMethod method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage answer = _client.Send(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Runs netctl, and requires that it succeeds.</summary>
    public void Netctl(params string[] arguments) => Command.Run(Binary, arguments);

    /// <summary>Removes all that was made, and ends the daemon.</summary>
    public void Dispose()
    {
        Netctl("system", "reset", "-f");
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
        Directory.Delete(_execRoot, recursive: true);
    }
}
