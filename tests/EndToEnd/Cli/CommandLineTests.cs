using System.Diagnostics;
using System.Text.Json;

namespace Net.Tests.EndToEnd.Cli;

/// <summary>How words become a request: Docker's rules for flags, and the ends of them.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly ScriptedCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Theory]
    [InlineData("run -d --name web -p 8080:80 -p 90 --network front sleep 1000")]
    [InlineData("run -dp8080:80 -p=90 --name=web --net front -- sleep 1000")]
    [InlineData("run --detach=true --publish 8080:80 --publish=90 --network=front --name web sleep 1000")]
    public void Flags_may_be_bundled_glued_short_or_long(string line)
    {
        JsonElement body = CreateRequestOf(line.Split(' '));

        Assert.Equal("web", body.GetProperty("Name").GetString());
        Assert.Equal(["8080:80", "90"], Texts(body, "Ports"));
        Assert.Equal(["front"], Texts(body, "Networks"));
        Assert.Equal(["sleep", "1000"], Texts(body, "Cmd"));
    }

    [Fact]
    public void Everything_after_the_command_is_the_commands_own()
    {
        JsonElement body = CreateRequestOf(["run", "-d", "sh", "-c", "echo $0", "--rm", "@file", "--help", "-h", "", "--", "-d"]);

        Assert.Equal(["sh", "-c", "echo $0", "--rm", "@file", "--help", "-h", "", "--", "-d"], Texts(body, "Cmd"));
        Assert.False(body.GetProperty("AutoRemove").GetBoolean());
    }

    [Fact]
    public void Values_reach_the_daemon_as_they_were_typed()
    {
        Environment.SetEnvironmentVariable("NETCTL_TEST_INHERITED", "from here");
        JsonElement body = CreateRequestOf(
            ["run", "-d", "-e", "A=b=c", "-e", "NETCTL_TEST_INHERITED", "-e", "NETCTL_TEST_ABSENT", "-e", "E=", "-h", "host:x", "--rm",
                "--name=", "true"]);

        Assert.Equal(["A=b=c", "NETCTL_TEST_INHERITED=from here", "E="], Texts(body, "Env"));
        Assert.Equal("host:x", body.GetProperty("Hostname").GetString());
        Assert.True(body.GetProperty("AutoRemove").GetBoolean());
        Assert.Equal("", body.GetProperty("Name").GetString());
    }

    [Fact]
    public void What_is_said_about_names_and_the_resolver_reaches_the_daemon()
    {
        JsonElement body = CreateRequestOf(
        [
            "run", "-d", "--net", "front", "--network-alias", "a", "--net-alias=b", "--dns", "192.0.2.1", "--dns=2001:db8::1",
            "--dns-search", "x.example",
            "--dns-option", "rotate", "--dns-opt", "ndots:2", "true",
        ]);

        Assert.Equal(["front"], Texts(body, "Networks"));
        Assert.Equal(["a", "b"], Texts(body, "NetworkAliases"));
        Assert.Equal(["192.0.2.1", "2001:db8::1"], Texts(body, "Dns"));
        Assert.Equal(["x.example"], Texts(body, "DnsSearch"));
        Assert.Equal(["rotate", "ndots:2"], Texts(body, "DnsOptions"));
    }

    [Fact]
    public void Network_create_sends_Dockers_document_and_prints_the_id()
    {
        _cli.Daemon.Answers("POST /networks/create", 201, """{"Id":"abc","Warning":"mind the gap"}""");

        Output output = _cli.Run("network", "create", "front", "--subnet", "10.5.0.0/24", "--gateway", "10.5.0.1", "--ipv6", "--ipv4=false",
            "--aux-address", "p=10.5.0.9", "-o", "com.docker.network.bridge.name=br0", "--label", "a=b", "--internal", "--ipam-driver",
            "default");

        Assert.Equal((0, "abc\n", "WARNING: mind the gap\n"), (output.ExitCode, output.StandardOutput, output.StandardError));
        JsonElement body = JsonDocument.Parse(_cli.Daemon.Requests[0].Body).RootElement;
        Assert.Equal(("front", "bridge"), (body.GetProperty("Name").GetString(), body.GetProperty("Driver").GetString()));
        Assert.Equal((false, true), (body.GetProperty("EnableIPv4").GetBoolean(), body.GetProperty("EnableIPv6").GetBoolean()));
        Assert.True(body.GetProperty("Internal").GetBoolean());
        Assert.Equal(
            """[{"Subnet":"10.5.0.0/24","Gateway":"10.5.0.1","AuxiliaryAddresses":{"p":"10.5.0.9"}}]""",
            body.GetProperty("IPAM").GetProperty("Config").GetRawText());
        Assert.Equal("br0", body.GetProperty("Options").GetProperty("com.docker.network.bridge.name").GetString());
    }

    [Theory]
    [InlineData(125, "unknown flag: --volume", "netctl run --help", "run --volume web true")]
    [InlineData(125, "unknown flag: --detach", "netctl create --help", "create --detach")]
    [InlineData(125, "unknown shorthand flag: 'x' in -dx", "netctl run --help", "run -dx true")]
    [InlineData(125, "flag needs an argument: --name", "netctl run --help", "run --name")]
    [InlineData(125, "true or false", "netctl run --help", "run --rm=perhaps true")]
    [InlineData(125, "0 arguments", "netctl run --help", "run -d")]
    [InlineData(1, "unknown flag: --nonsense", "netctl network create --help", "network create --nonsense n")]
    [InlineData(1, "unknown shorthand flag: -x", "netctl network create --help", "network create -x")]
    [InlineData(1, "unknown command: netctl network frob", "netctl network --help", "network frob")]
    [InlineData(1, "unknown command: netctl frob", "netctl --help", "frob")]
    [InlineData(1, "unknown command: netctl pull; netctl has no images: ", "netctl --help", "pull nginx")]
    [InlineData(1, "unknown command: netctl swarm; netctl has no swarm: ", "netctl --help", "swarm init")]
    [InlineData(1, "unknown command: netctl context; netctl has no contexts: -H or", "netctl --help", "context ls")]
    [InlineData(1, "unknown command: netctl plugin; netctl does not install plug-ins: ", "netctl --help", "plugin ls")]
    [InlineData(125, "unknown shorthand flag: -v; netctl has no volumes: ", "netctl run --help", "run -v /a:/b true")]
    [InlineData(125, "unknown shorthand flag: 'v' in -v/a:/b; netctl has no volumes: ", "netctl create --help", "create -v/a:/b true")]
    [InlineData(125, "unknown shorthand flag: 'm' in -m512m; netctl has no limits of memory", "netctl run --help", "run -m512m true")]
    [InlineData(125, "unknown shorthand flag: 'v' in -itv; netctl has no volumes: ", "netctl run --help", "run -itv /a:/b true")]
    [InlineData(125, "unknown flag: --memory; netctl has no limits of memory", "netctl run --help", "run --memory 1g true")]
    [InlineData(125, "unknown flag: --cap-add; netctl confines nothing but", "netctl run --help", "run --cap-add=A true")]
    [InlineData(125, "unknown flag: --device; netctl confines nothing", "netctl container run --help", "container run --device a true")]
    [InlineData(1, "unknown flag: --cpus; netctl has no limits of memory", "netctl update --help", "update --cpus 2 web")]
    [InlineData(1, "unknown flag: --rmi; netctl has no images: ", "netctl compose down --help", "compose down --rmi all")]
    [InlineData(1, "unknown shorthand flag: -v\n", "netctl ps --help", "ps -v")]
    [InlineData(1, "unknown flag: --memory\n", "netctl stop --help", "stop --memory 1g web")]
    [InlineData(1, "one too many", "netctl network create --help", "network create a b")]
    [InlineData(1, "--dry-run is not for", "netctl ps --help", "--dry-run ps")]
    [InlineData(1, "unknown flag: --dry-run", "netctl network create --help", "network create --dry-run n")]
    [InlineData(1, "specify only one -H", "netctl --help", "-H unix:///a -H unix:///b ps")]
    [InlineData(1, "unknown command: netctl netwrok; did you mean \"network\"?", "netctl --help", "netwrok ls")]
    [InlineData(125, "unknown flag: --naem; did you mean \"--name\"?", "netctl run --help", "run --naem x true")]
    [InlineData(1, "unknown command: netctl network creat; did you mean \"create\"?", "netctl network --help", "help network creat")]
    public void A_line_that_cannot_be_read_names_the_word_and_the_help(int exitCode, string words, string help, string line)
    {
        Output output = _cli.Run(line.Split(' '));

        Assert.Equal(exitCode, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
        Assert.Contains($"See '{help}'.", output.StandardError, StringComparison.Ordinal);
        Assert.Equal("", output.StandardOutput);
        Assert.Empty(_cli.Daemon.Requests);
    }

    [Fact]
    public void Help_needs_no_daemon_and_h_is_the_host_name()
    {
        Output output = _cli.Run("run", "--help");

        Assert.Equal(0, output.ExitCode);
        Assert.StartsWith("Usage:  netctl run [OPTIONS] COMMAND [ARG...]\n", output.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("-h, --hostname NAME", output.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("not a security one", output.StandardOutput, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help network create", "Usage:  netctl network create [OPTIONS] NETWORK\n")]
    [InlineData("help", "Usage:  netctl [OPTIONS] COMMAND\n")]
    [InlineData("help run sleep", "Usage:  netctl run [OPTIONS] COMMAND [ARG...]\n")]
    [InlineData("-h", "Usage:  netctl [OPTIONS] COMMAND\n")]
    [InlineData("ps -ah", "Usage:  netctl ps [OPTIONS]\n")]
    [InlineData("network -h", "Usage:  netctl network [OPTIONS] COMMAND\n")]
    public void Help_is_given_by_word_and_by_h_where_it_is_free(string line, string first)
    {
        Output output = _cli.Run(line.Split(' '));

        Assert.Equal((0, ""), (output.ExitCode, output.StandardError));
        Assert.StartsWith(first, output.StandardOutput, StringComparison.Ordinal);
        Assert.All(output.StandardOutput.Split('\n'), l => Assert.InRange(l.Length, 0, 80));
        Assert.Empty(_cli.Daemon.Requests);
    }

    [Fact]
    public void Help_is_as_wide_as_the_terminal()
    {
        string binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");
        using Process script = Process.Start(new ProcessStartInfo(
            "script", ["-qec", $"stty rows 33 cols 50; '{binary}' dns query --help", "/dev/null"])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        script.StandardInput.Close();

        string[] lines = script.StandardOutput.ReadToEnd().ReplaceLineEndings("\n").Split('\n');

        Assert.Contains(lines, line => line.Length is > 40 and <= 50);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 50));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("-v")]
    public void The_version_is_one_line_and_needs_no_daemon(string flag)
    {
        Output output = _cli.Run(flag);

        Assert.Equal((0, ""), (output.ExitCode, output.StandardError));
        Assert.Matches(@"^netctl version \d+\.\d+\.\d+(, build [0-9a-f]{7})?\n$", output.StandardOutput);
        Assert.Empty(_cli.Daemon.Requests);
    }

    [Fact]
    public void The_last_of_several_values_counts()
    {
        JsonElement body = CreateRequestOf(["run", "-d", "-d", "--name", "a", "--name=b", "-h", "x", "-hy", "--rm", "--rm=false", "true"]);

        Assert.Equal(
            ("b", "y", false),
            (body.GetProperty("Name").GetString(), body.GetProperty("Hostname").GetString(), body.GetProperty("AutoRemove").GetBoolean()));
    }

    private JsonElement CreateRequestOf(string[] line)
    {
        _cli.Daemon.Answers("POST /netctl/containers/create", 201, """{"Id":"abc"}""").Answers("POST /containers/abc/start", 204);
        Output output = _cli.Run(line);
        Assert.Equal((0, "abc\n", ""), (output.ExitCode, output.StandardOutput, output.StandardError));
        return JsonDocument.Parse(_cli.Daemon.Requests[0].Body).RootElement;
    }

    private static IEnumerable<string?> Texts(JsonElement body, string name) =>
        body.GetProperty(name).EnumerateArray().Select(e => e.GetString());
}
