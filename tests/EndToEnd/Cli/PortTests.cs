using System.Text.Json;

namespace Net.Tests.EndToEnd.Cli;

/// <summary>How ports are asked for and how they are printed.</summary>
public sealed class PortTests : IDisposable
{
    private const string Published =
        """
        {"Ports":{"443/tcp":[{"HostIp":"0.0.0.0","HostPort":"8443"},{"HostIp":"::","HostPort":"8443"}],
          "80/tcp":[{"HostIp":"0.0.0.0","HostPort":"32768"}]},
         "ForwardedPorts":[{"HostIp":"::","HostPort":8443,"Count":1,"Type":"tcp"}],"Warnings":null}
        """;

    private readonly ScriptedCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Run_asks_for_exposed_ports_and_for_all_of_them_to_be_published()
    {
        _cli.Daemon.Answers("POST /netctl/containers/create", 201, """{"Id":"abc"}""").Answers("POST /containers/abc/start", 204);

        Output output = _cli.Run("run", "-dP", "--expose", "80", "--expose=3000-3005/udp", "true");

        Assert.Equal(0, output.ExitCode);
        JsonElement body = JsonDocument.Parse(_cli.Daemon.Requests[0].Body).RootElement;
        Assert.True(body.GetProperty("PublishAllPorts").GetBoolean());
        Assert.Equal(["80", "3000-3005/udp"], body.GetProperty("Expose").EnumerateArray().Select(e => e.GetString()));
    }

    [Fact]
    public void Publish_prints_what_was_chosen_and_notes_where_the_client_is_not_seen()
    {
        _cli.Daemon.Answers("POST /netctl/containers/web/publish", 200, Published);

        Output output = _cli.Run("publish", "web", "8443:443", "80");

        Assert.Equal("""{"Ports":["8443:443","80"]}""", _cli.Daemon.Requests[0].Body);
        Assert.Equal(
            (0, "80/tcp -> 0.0.0.0:32768\n443/tcp -> 0.0.0.0:8443\n443/tcp -> [::]:8443\n"),
            (output.ExitCode, output.StandardOutput));
        Assert.Equal(
            "[::]:8443: forwarded by the daemon, the container sees the bridge's address instead of the client's\n", output.StandardError);
    }

    [Fact]
    public void Unpublish_sends_what_was_typed_and_says_nothing()
    {
        _cli.Daemon.Answers("POST /netctl/containers/web/unpublish", 204);

        Output output = _cli.Run("unpublish", "web", "127.0.0.1:8080:80/udp");

        Assert.Equal((0, "", ""), (output.ExitCode, output.StandardOutput, output.StandardError));
        Assert.Equal("""{"Ports":["127.0.0.1:8080:80/udp"]}""", _cli.Daemon.Requests[0].Body);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("unpublish")]
    public void A_dry_run_asks_for_commands(string verb)
    {
        _cli.Daemon.Answers($"POST /netctl/containers/web/{verb}?dryRun=1", 200, """{"Commands":["nft x"]}""");

        Output output = _cli.Run("--dry-run", verb, "web", "80");

        Assert.Equal((0, "nft x\n"), (output.ExitCode, output.StandardOutput));
        Assert.Single(_cli.Daemon.Requests);
    }

    [Fact]
    public void Port_notes_each_way_of_forwarding_once_and_only_for_what_it_shows()
    {
        _cli.Daemon.Answers("GET /containers/web/json", 200, Web);

        Output all = _cli.Run("port", "web");
        Output one = _cli.Run("port", "web", "53/udp");
        Output routed = _cli.Run("port", "web", "22");

        Assert.Equal(
            """
            [::]:8001-8002, 9001, 9003 and 1 more: forwarded by the daemon, the container sees the bridge's address instead of the client's
            [::1]:53/udp: forwarded by the daemon, the container sees the bridge's address instead of the client's

            """,
            all.StandardError);
        Assert.Equal("[::]:53\n", one.StandardOutput);
        Assert.Equal(
            "[::1]:53/udp: forwarded by the daemon, the container sees the bridge's address instead of the client's\n", one.StandardError);
        Assert.Equal(("routed\n", ""), (routed.StandardOutput, routed.StandardError));
    }

    [Fact]
    public void Network_inspect_asks_for_counters_when_verbose()
    {
        _cli.Daemon.Answers("GET /networks/front?verbose=true", 200, Front);

        Output output = _cli.Run(
            "network", "inspect", "-v", "-f", "{{range .PublishedPorts}}{{.Container}} {{.HostPort}} {{.Packets}}{{end}}", "front");

        Assert.Equal((0, "web 8000-8010 7\n"), (output.ExitCode, output.StandardOutput));
    }

    private const string Web =
        """
        {"Id":"aa","Created":"2026-01-02T03:04:05Z","State":{"Status":"running"},"Name":"/web","Config":{},"HostConfig":{},
         "NetworkSettings":{"Ports":{"22/tcp":[{"HostIp":"","HostPort":""}],"53/udp":[{"HostIp":"::","HostPort":"53"}],
            "81/tcp":[{"HostIp":"::","HostPort":"8001"}],"82/tcp":[{"HostIp":"::","HostPort":"8002"}],
            "91/tcp":[{"HostIp":"::","HostPort":"9001"}],"93/tcp":[{"HostIp":"::","HostPort":"9003"}],
            "95/tcp":[{"HostIp":"::","HostPort":"9005"}]},
          "ForwardedPorts":[{"HostIp":"::","HostPort":8001,"Count":2,"Type":"tcp"},{"HostIp":"::","HostPort":9001,"Count":1,"Type":"tcp"},
            {"HostIp":"::","HostPort":9003,"Count":1,"Type":"tcp"},{"HostIp":"::","HostPort":9005,"Count":1,"Type":"tcp"},
            {"HostIp":"::1","HostPort":53,"Count":1,"Type":"udp"}]}}
        """;

    private const string Front =
        """
        {"Name":"front","Id":"aa","Scope":"local","Driver":"bridge","IPAM":{"Driver":"default"},
         "PublishedPorts":[{"Container":"web","HostIp":"0.0.0.0","HostPort":"8000-8010","ContainerPort":"80-90",
           "Protocol":"tcp","Packets":7,"Bytes":420}]}
        """;
}
