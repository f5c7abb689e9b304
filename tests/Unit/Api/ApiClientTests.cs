using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Net.Api.Clients;
using Net.Api.Containers;
using Net.Api.Networks;
using Net.Api.Streams;
using Net.Tests.TestKit;

namespace Net.Tests.Unit.Api;

public sealed class ApiClientTests : IDisposable
{
    private const string Network =
        """
        {"Name":"front","Id":"aa","Created":"2026-01-02T03:04:05Z","Scope":"local","Driver":"bridge",
         "IPAM":{"Driver":"default","Config":[{"Subnet":"10.5.0.0/24"}]}}
        """;

    private readonly ScriptedDaemon _daemon = new();
    private readonly ApiClient _client;

    public ApiClientTests() => _client = new ApiClient(DaemonAddress.OfPath(_daemon.SocketPath));

    public void Dispose()
    {
        _client.Dispose();
        _daemon.Dispose();
    }

    [Fact]
    public async Task Requests_carry_Dockers_paths_queries_and_names()
    {
        _daemon.Answers("POST /networks/create", 201, """{"Id":"aa","Warning":""}""")
            .Answers("POST /networks/a%20b/connect", 200)
            .Answers("GET /containers/json?all=1", 200, "[]")
            .Answers("DELETE /containers/web?force=1", 204)
            .Answers("POST /containers/web/stop?t=0", 304);

        NetworkCreateResponse created = await _client.CreateNetwork(new NetworkCreateRequest { Name = "front", EnableIPv6 = true })
            .RunAsync(default);
        await _client.Connect("a b", new NetworkConnectRequest { Container = "web" }).RunAsync(default);
        Assert.Empty(await _client.ListContainersAsync(all: true, default));
        await _client.RemoveContainer("web", force: true).RunAsync(default);
        await _client.StopContainerAsync("web", 0, null, default);

        Assert.Equal("aa", created.Id);
        JsonElement body = JsonDocument.Parse(_daemon.Requests[0].Body).RootElement;
        Assert.Equal("front", body.GetProperty("Name").GetString());
        Assert.True(body.GetProperty("EnableIPv6").GetBoolean());
        Assert.Equal("application/json", _daemon.Requests[0].Headers["content-type"]);
        Assert.Equal("""{"Container":"web","EndpointConfig":null}""", _daemon.Requests[1].Body);
    }

    [Fact]
    public async Task Filters_travel_as_Dockers_JSON_map_of_lists()
    {
        _daemon.Answers("GET /networks?filters=%7B%22driver%22%3A%5B%22bridge%22%2C%22host%22%5D%7D", 200, $"[{Network}]");

        NetworkResource network = Assert.Single(await _client.ListNetworksAsync(
            new Dictionary<string, IReadOnlyList<string>> { ["driver"] = ["bridge", "host"] }, default));

        Assert.Equal(("front", "10.5.0.0/24"), (network.Name, network.IPAM.Config![0].Subnet));
        Assert.Null(network.Containers);
    }

    [Fact]
    public async Task A_refusal_keeps_the_daemons_sentence_status_and_exit_code()
    {
        _daemon.Answers("POST /containers/c/start", 400, """{"message":"\"x\" not found in PATH","exitCode":127}""")
            .Answers("GET /networks/n", 500, "<html>");

        ApiException refusal = await Assert.ThrowsAsync<ApiException>(() => _client.StartContainerAsync("c", default));
        ApiException other = await Assert.ThrowsAsync<ApiException>(() => _client.InspectNetworkAsync("n", verbose: false, default));

        Assert.Equal((400, "\"x\" not found in PATH", 127), (refusal.Status, refusal.Message, refusal.ExitCode));
        Assert.Equal((500, null), (other.Status, other.ExitCode));
        Assert.Contains("500", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_asks_with_a_query_and_returns_commands()
    {
        _daemon.Answers("DELETE /containers/web?force=1&dryRun=1", 200, """{"Commands":["ip link delete x","# done"]}""");

        Assert.Equal(["ip link delete x", "# done"], await _client.RemoveContainer("web", force: true).ExplainAsync(default));
    }

    [Fact]
    public async Task An_upgraded_connection_carries_frames_both_ways()
    {
        _daemon.Upgrades("POST /netctl/containers/web/start", stream =>
        {
            Frame input = FrameCodec.ReadAsync(stream, default).AsTask().Result!.Value;
            FrameCodec.WriteAsync(stream, new Frame(FrameKind.StandardOutput, input.Bytes), default).AsTask().Wait();
            FrameCodec.WriteAsync(stream, Frame.Exit(3), default).AsTask().Wait();
        });

        await using IFrameConnection connection = await _client.StartContainerAttachedAsync("web", default);
        await connection.WriteAsync(new Frame(FrameKind.StandardInput, "ping"u8.ToArray()), default);

        Assert.Equal("ping", System.Text.Encoding.UTF8.GetString((await connection.ReadAsync(default))!.Value.Bytes.Span));
        Assert.Equal(3, (await connection.ReadAsync(default))!.Value.Bytes.Span[0]);
        Assert.Null(await connection.ReadAsync(default));
        Assert.Equal(("Upgrade", "netctl-stream"), (_daemon.Requests[0].Headers["connection"], _daemon.Requests[0].Headers["upgrade"]));
    }

    [Fact]
    public async Task An_upgrade_that_is_refused_is_a_refusal()
    {
        _daemon.Answers("POST /netctl/exec/e/start", 404, """{"message":"no such exec: e"}""");

        ApiException refusal = await Assert.ThrowsAsync<ApiException>(() => _client.StartExecAttachedAsync("e", default));

        Assert.Equal(404, refusal.Status);
    }

    [Fact]
    public async Task Logs_are_frames_until_the_answer_ends()
    {
        _daemon.Converses("GET /netctl/containers/web/logs?follow=1", stream => stream.Write(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: "u8
                + "chunked\r\n\r\n9\r\n\u0001\0\0\0\0\0\0\u0001a\r\n9\r\n\u0002\0\0\0\0\0\0\u0001b\r\n0\r\n\r\n"u8));

        var kinds = new List<FrameKind>();
        await foreach (Frame frame in _client.ReadLogsAsync("web", new LogSelection { Follow = true }, default))
        {
            kinds.Add(frame.Kind);
        }

        Assert.Equal([FrameKind.StandardOutput, FrameKind.StandardError], kinds);
    }

    [Fact]
    public async Task No_daemon_is_told_with_the_socket_and_how_to_start_it()
    {
        using var client = new ApiClient(DaemonAddress.Parse("unix:///nonexistent/netctl.sock"));

        DaemonUnreachableException error = await Assert.ThrowsAsync<DaemonUnreachableException>(() => client.GetVersionAsync(default));

        Assert.Equal(
            "cannot reach the netctl daemon at unix:///nonexistent/netctl.sock: is it running? Start it with: netctl daemon",
            error.Message);
    }

    // The daemon here listens in this process.
    [Fact]
    public async Task A_daemon_that_is_silent_is_named_once_and_waited_for()
    {
        using var answers = new SemaphoreSlim(0);
        _daemon.Converses("GET /networks", stream => AnswerLater(stream, "[]"))
            .Converses("GET /containers/json", stream => AnswerLater(stream, "[]"))
            .Converses("POST /containers/web/wait", stream => AnswerLater(stream, """{"StatusCode":7}"""));
        var told = new ConcurrentQueue<string>();
        var time = new FakeTimeProvider();
        using var client = new ApiClient(DaemonAddress.OfPath(_daemon.SocketPath), told.Enqueue, time);

        Task<int> wait = client.WaitContainerAsync("web", default);
        Task networks = client.ListNetworksAsync(new Dictionary<string, IReadOnlyList<string>>(), default);
        Assert.True(SpinWait.SpinUntil(() => _daemon.Requests.Count == 2, TimeSpan.FromSeconds(10)));
        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(told);
        time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(SpinWait.SpinUntil(() => !told.IsEmpty, TimeSpan.FromSeconds(10)));
        Task list = client.ListContainersAsync(all: false, default);
        time.Advance(TimeSpan.FromSeconds(100));
        Assert.False(networks.IsCompleted || list.IsCompleted || wait.IsCompleted);
        answers.Release(3);
        await networks;
        await list;
        Assert.Equal(7, await wait);
        Assert.Equal(
            [
                $"the netctl daemon at unix://{_daemon.SocketPath} (process {Environment.ProcessId}) has not answered for 10 s; waiting: "
                    + "see whether it is stopped or overloaded",
            ],
            told);

        void AnswerLater(Stream stream, string json)
        {
            answers.Wait();
            stream.Write(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {json.Length}\r\n\r\n{json}"));
        }
    }

    [Fact]
    public async Task A_connection_that_ends_without_an_answer_is_told()
    {
        _daemon.Converses("GET /version", stream => stream.Dispose());

        DaemonUnreachableException error = await Assert.ThrowsAsync<DaemonUnreachableException>(() => _client.GetVersionAsync(default));

        Assert.Contains(_daemon.SocketPath, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".")]
    public async Task A_name_that_no_path_can_carry_is_refused_here(string name) =>
        await Assert.ThrowsAsync<FormatException>(() => _client.InspectNetworkAsync(name, verbose: false, default));

    [Theory]
    [InlineData("tcp://127.0.0.1:1")]
    [InlineData("unix://relative")]
    [InlineData("/run/netctl/netctl.sock")]
    public void An_address_that_is_no_unix_socket_is_refused(string text) =>
        Assert.Throws<FormatException>(() => DaemonAddress.Parse(text));

    [Fact]
    public void A_path_too_long_for_a_socket_is_refused_at_once()
    {
        Assert.Throws<FormatException>(() => DaemonAddress.OfPath("/" + new string('x', 107)));
        Assert.Equal(107, DaemonAddress.OfPath("/" + new string('x', 106)).Path.Length);
    }

    [Fact]
    public async Task A_body_with_null_unknown_and_lower_case_fields_is_read()
    {
        _daemon.Answers(
            "GET /containers/json", 200, """[{"id":"aa","names":["/web"],"Labels":null,"Ports":null,"State":"running","SizeRw":1}]""");

        ContainerSummary container = Assert.Single(await _client.ListContainersAsync(all: false, default));

        Assert.Equal(("aa", "/web"), (container.Id, container.Names[0]));
        Assert.Null(container.Labels);
    }
}
