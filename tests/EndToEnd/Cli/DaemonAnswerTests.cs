namespace Net.Tests.EndToEnd.Cli;

/// <summary>What is printed of the daemon itself: its state, and what differs from what should be.</summary>
public sealed class DaemonAnswerTests : IDisposable
{
    private const string Thief =
        """{"Kind":"missing","Owner":"aa","OwnerName":"container web","Description":"held-port:0.0.0.0:8080/tcp: taken by nc (pid 7)"}""";
    private const string Rule = """{"Kind":"leftover","Owner":"bb","Description":"rule x"}""";

    private readonly ScriptedCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Doctor_prints_what_differs_and_its_exit_code_says_so()
    {
        _cli.Daemon.Answers("GET /netctl/diff", 200, $$"""{"Differences":[{{Thief}},{{Rule}}]}""");

        Output output = _cli.Run("doctor");

        Assert.Equal(
            (1, "missing: held-port:0.0.0.0:8080/tcp: taken by nc (pid 7) (container web)\nleftover: rule x\n"),
            (output.ExitCode, output.StandardOutput));
    }

    [Fact]
    public void Doctor_has_nothing_to_say_of_what_is_in_order()
    {
        _cli.Daemon.Answers("GET /netctl/diff", 200, """{"Differences":[]}""")
            .Answers("POST /netctl/mend", 200, """{"Mended":[],"Left":[]}""");

        Output output = _cli.Run("doctor");

        Assert.Equal((0, "everything is as it should be\n"), (output.ExitCode, output.StandardOutput));
        Assert.Equal(0, _cli.Run("doctor", "--fix").ExitCode);
    }

    [Fact]
    public void Doctor_mends_and_fails_when_something_is_left()
    {
        _cli.Daemon.Answers("POST /netctl/mend", 200, $$"""{"Mended":[{{Rule}}],"Left":[{{Thief}}],"Problems":["stop nc"]}""");

        Output output = _cli.Run("doctor", "--fix");

        Assert.Equal(
            (1,
                "mended leftover: rule x\nnot mended missing: held-port:0.0.0.0:8080/tcp: taken by nc (pid 7) (container web)\nnot mended: "
                    + "stop nc\n"),
            (output.ExitCode, output.StandardOutput));
    }

    [Fact]
    public void Info_says_which_firewall_backend_was_taken_and_why()
    {
        _cli.Daemon.Answers(
            "GET /info",
            200,
            """{"Name":"h","Containers":3,"FirewallBackend":{"Driver":"nftables","Info":[["Reason","iptables is not installed"]]}}""");

        string lines = _cli.Run("info").StandardOutput;

        Assert.Contains("Containers: 3\n", lines, StringComparison.Ordinal);
        Assert.Contains("Firewall Backend: nftables\n Reason: iptables is not installed\n", lines, StringComparison.Ordinal);
        Assert.Equal("nftables\n", _cli.Run("info", "-f", "{{.FirewallBackend.Driver}}").StandardOutput);
    }

    [Theory]
    [InlineData("--port-range", "49900-49000", "such as 49000-49900")]
    [InlineData("--port-range", "0-9", "such as 49000-49900")]
    [InlineData("--port-range", "80", "such as 49000-49900")]
    [InlineData("--port-range", "1-70000", "such as 49000-49900")]
    [InlineData("--dns", "example.org", "such as 192.0.2.53")]
    [InlineData("--dns", "127.0.0.11", "which is the embedded resolver itself")]
    [InlineData("--dns-cache", "-1", "from 0, which turns the cache off")]
    [InlineData("--dns-cache", "many", "from 0, which turns the cache off")]
    [InlineData("--dns-ttl", "2147483648", "RFC 2181 8")]
    [InlineData("--ip", "somewhere", "an address of this host")]
    [InlineData("--icc", "perhaps", "true or false")]
    public void A_flag_of_the_daemon_that_cannot_be_read_is_told_in_one_sentence(string flag, string value, string words)
    {
        Output output = _cli.Run("daemon", $"{flag}={value}");

        Assert.Equal(1, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
        Assert.Contains($"\"{value}\" for \"{flag}\"", output.StandardError, StringComparison.Ordinal);
    }
}
