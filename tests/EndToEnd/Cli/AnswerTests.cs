using System.Diagnostics;
using System.Text;
using Net.Api.Streams;

namespace Net.Tests.EndToEnd.Cli;

/// <summary>How answers become output, exit codes and streams.</summary>
public sealed class AnswerTests : IDisposable
{
    private const string Web =
        """
        {"Id":"aa","Created":"2026-01-02T03:04:05Z","State":{"Status":"running"},"Name":"/web","Config":{},"HostConfig":{},
         "NetworkSettings":{"Ports":{"90/udp":[{"HostIp":"::","HostPort":"9090"}],"80/tcp":[{"HostIp":"0.0.0.0","HostPort":"8080"}],
            "443/tcp":null}}}
        """;

    private readonly ScriptedCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void A_command_in_the_foreground_has_our_streams_and_gives_its_exit_code()
    {
        Foreground(stream =>
        {
            var input = new StringBuilder();
            while (Read(stream) is { Bytes.Length: > 0 } frame)
            {
                input.Append(Encoding.UTF8.GetString(frame.Bytes.Span));
            }

            Write(stream, new Frame(FrameKind.StandardOutput, Encoding.UTF8.GetBytes("got " + input)));
            Write(stream, new Frame(FrameKind.StandardError, "and an error\n"u8.ToArray()));
            Write(stream, Frame.Exit(42));
        });

        Output output = _cli.RunWithInput("line\n", "run", "-i", "cat");

        Assert.Equal((42, "got line\n", "and an error\n"), (output.ExitCode, output.StandardOutput, output.StandardError));
    }

    [Fact]
    public void Signals_go_on_to_the_command()
    {
        Foreground(stream =>
        {
            Write(stream, new Frame(FrameKind.StandardOutput, "ready\n"u8.ToArray()));
            Write(stream, Frame.Exit(Read(stream) is { Kind: FrameKind.Signal } frame ? frame.Bytes.Span[0] : 0));
        });
        using Process run = _cli.Start("run", "sleep", "1000");
        Assert.Equal("ready", run.StandardOutput.ReadLine());

        using Process kill = Process.Start("kill", ["-TERM", $"{run.Id}"]);

        Assert.True(run.WaitForExit(10_000));
        Assert.Equal(15, run.ExitCode);
    }

    [Fact]
    public void A_reader_that_has_gone_ends_it_quietly()
    {
        Foreground(stream =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Write(stream, new Frame(FrameKind.StandardOutput, new byte[1000]));
            }

            Write(stream, Frame.Exit(0));
        });
        using Process run = _cli.Start("run", "yes");
        run.StandardOutput.Close();

        string error = run.StandardError.ReadToEnd();

        Assert.True(run.WaitForExit(10_000));
        Assert.Equal((141, ""), (run.ExitCode, error));
    }

    [Fact]
    public void A_command_that_cannot_be_started_leaves_no_container()
    {
        _cli.Daemon.Answers("POST /netctl/containers/create", 201, """{"Id":"aa"}""")
            .Answers("POST /netctl/containers/aa/start", 400, """{"message":"x not found","exitCode":127}""")
            .Answers("DELETE /containers/aa?force=1", 204);

        Output output = _cli.Run("run", "x");

        Assert.Equal(
            (127, "", "Error response from daemon: x not found\n"), (output.ExitCode, output.StandardOutput, output.StandardError));
        Assert.Equal("DELETE /containers/aa?force=1", _cli.Daemon.Requests[^1].Line);
    }

    [Fact]
    public void A_terminal_is_raw_sized_and_given_back()
    {
        using var raw = new ManualResetEventSlim(); // the size comes when the terminal is raw
        Foreground(stream =>
        {
            Frame size = Read(stream)!.Value;
            raw.Set();
            Frame key = Read(stream)!.Value;
            Write(
                stream, new Frame(
                    FrameKind.StandardOutput, Encoding.UTF8.GetBytes(
                        $"{Convert.ToHexString(size.Bytes.Span)} {Convert.ToHexString(key.Bytes.Span)}")));
            Write(stream, Frame.Exit(0));
        });
        string binary = Environment.GetEnvironmentVariable("NETCTL_BINARY")
            ?? Path.Combine(TestHost.RepositoryRoot(), "artifacts", "netctl", "netctl");

        // Control-C goes to the command as a byte, and the terminal echoes again afterwards.
        var start = new ProcessStartInfo(
            "script",
            ["-qec", $"stty rows 33 cols 77; '{binary}' run -it x; stty -a | grep -o -w -e '-*echo' -e '-*icanon' | tr '\\n' ' '",
                "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["NETCTL_HOST"] = $"unix://{_cli.Daemon.SocketPath}";
        using Process script = Process.Start(start)!;
        Assert.True(raw.Wait(TimeSpan.FromSeconds(15)));
        script.StandardInput.Write("\u0003");
        script.StandardInput.Flush();
        string seen = script.StandardOutput.ReadToEnd();

        Assert.Contains("0021004D 03", seen, StringComparison.Ordinal);
        Assert.Contains("icanon echo", seen.Replace("echo icanon", "icanon echo", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("-echo", seen, StringComparison.Ordinal);
        Assert.True(_cli.Daemon.Requests[0].Body.Contains("\"Tty\":true", StringComparison.Ordinal));
    }

    [Fact]
    public void Ports_are_shown_as_Dockers()
    {
        _cli.Daemon.Answers("GET /containers/web/json", 200, Web);

        Assert.Equal("80/tcp -> 0.0.0.0:8080\n90/udp -> [::]:9090\n", _cli.Run("port", "web").StandardOutput);
        Assert.Equal("0.0.0.0:8080\n", _cli.Run("port", "web", "80").StandardOutput);
        Assert.Equal("[::]:9090\n", _cli.Run("port", "web", "90/udp").StandardOutput);
        Output none = _cli.Run("port", "web", "443");
        Assert.Equal((1, ""), (none.ExitCode, none.StandardOutput));
        Assert.Contains("443/tcp", none.StandardError, StringComparison.Ordinal);
        foreach (string bad in (string[])["abc", "0", "70000", "80/icmp", "80/", "80/tcp/x", "+1", ""])
        {
            Output output = _cli.Run("port", "web", bad);
            Assert.Equal((1, ""), (output.ExitCode, output.StandardOutput));
            Assert.StartsWith($"netctl: invalid port: \"{bad}\"; it takes ", output.StandardError, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_a_daemon_says_reaches_the_terminal_without_control_sequences()
    {
        _cli.Daemon
            .Answers(
                "GET /networks",
                200,
                """[{"Name":"n","Id":"aa","Scope":"local","Driver":"bridge","IPAM":{},"Labels":{"k\u001b[2J":"v\u009b31m\u202e\nx"}}]""")
            .Answers("DELETE /networks/x%1B", 404, """{"message":"network x\u001b[2J\r not found"}""")
            .Answers("POST /networks/create", 201, """{"Id":"abc","Warning":"mind \u001b[2J"}""");

        Output labels = _cli.Run("network", "ls", "--format", "{{.Labels}}");
        Output error = _cli.Run("network", "rm", "x\u001b");
        Output warning = _cli.Run("network", "create", "n");
        Output usage = _cli.Run("ps", "--\u001b[2J");
        Output format = _cli.Run("network", "ls", "--format", "{{.\u001b[2J}}");

        Assert.Equal("k\\x1b[2J=v\\u009b31m\\u202e\\nx\n", labels.StandardOutput);
        Assert.Equal("Error response from daemon: network x\\x1b[2J\\r not found\n", error.StandardError);
        Assert.Equal("WARNING: mind \\x1b[2J\n", warning.StandardError);
        Assert.StartsWith("netctl: unknown flag: --\\x1b[2J\n", usage.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain(format.StandardError, c => c != '\n' && char.IsControl(c));
    }

    [Fact]
    public void Inspect_prints_what_it_finds_and_tells_what_it_does_not()
    {
        _cli.Daemon.Answers("GET /containers/web/json", 200, Web);

        Output output = _cli.Run("inspect", "--format", "{{.Name}} {{.State.Status}}", "nosuch", "web");

        Assert.Equal((1, "/web running\n"), (output.ExitCode, output.StandardOutput));
        Assert.StartsWith("Error response from daemon: no such object: nosuch", output.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public void One_failure_does_not_keep_the_others_from_being_removed()
    {
        _cli.Daemon.Answers("DELETE /containers/a", 204).Answers("DELETE /containers/c", 204)
            .Answers("DELETE /containers/b", 409, """{"message":"b runs"}""");

        Output output = _cli.Run("rm", "a", "b", "c");

        Assert.Equal((1, "a\nc\n", "Error response from daemon: b runs\n"), (output.ExitCode, output.StandardOutput, output.StandardError));
    }

    [Fact]
    public void Logs_keep_the_streams_apart_and_bytes_as_they_were()
    {
        _cli.Daemon.Converses("GET /netctl/containers/web/logs", stream => stream.Write(
            "HTTP/1.1 200 OK\r\nContent-Length: 19\r\n\r\n\u0001\0\0\0\0\0\0\u0002o\n\u0002\0\0\0\0\0\0\u0001e"u8));

        Output output = _cli.Run("logs", "web");

        Assert.Equal((0, "o\n", "e"), (output.ExitCode, output.StandardOutput, output.StandardError));
    }

    [Fact]
    public void A_dry_run_prints_commands_and_asks_for_nothing_else()
    {
        _cli.Daemon.Answers("POST /netctl/containers/create?dryRun=1", 200, """{"Commands":["ip link add a","# and a held port"]}""");

        Output output = _cli.Run("--dry-run", "run", "-p", "8080:80", "sleep", "1");

        Assert.Equal((0, "ip link add a\n# and a held port\n"), (output.ExitCode, output.StandardOutput));
        Assert.Single(_cli.Daemon.Requests);
    }

    [Fact]
    public void Version_shows_the_client_even_without_a_daemon()
    {
        Output output = _cli.Run("-H", "unix:///nonexistent/s", "version");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains("API version:", output.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("unix:///nonexistent/s", output.StandardError, StringComparison.Ordinal);
    }

    private void Foreground(Action<Stream> conversation) => _cli.Daemon
        .Answers("POST /netctl/containers/create", 201, """{"Id":"aa"}""")
        .Upgrades("POST /netctl/containers/aa/start", conversation);

    private static Frame? Read(Stream stream) => FrameCodec.ReadAsync(stream, default).AsTask().Result;

    private static void Write(Stream stream, Frame frame) => FrameCodec.WriteAsync(stream, frame, default).AsTask().Wait();
}
