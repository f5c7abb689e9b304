namespace Net.Tests.EndToEnd.Cli;

/// <summary>How answers about the resolver are printed.</summary>
public sealed class DnsTests : IDisposable
{
    private readonly ScriptedCli _cli = new();

    public void Dispose() => _cli.Dispose();

    [Fact]
    public void Query_prints_records_in_columns_and_who_has_the_name()
    {
        Answers("?container=app&name=pool",
            """
            "Name":"pool","Type":"A","Container":"app","Status":"NOERROR","Source":"names","Answers":[
             {"Name":"pool","Ttl":5,"Type":"A","Data":"10.5.0.2"},{"Name":"pool","Ttl":5,"Type":"A","Data":"10.6.0.2"}],
            "Holders":[{"Address":"10.5.0.2","Network":"front","Container":"web"},
             {"Address":"10.5.0.4","Network":"front","Container":"web2"},
             {"Address":"10.6.0.2","Network":"back","Container":"db"}]
            """);

        Output output = _cli.Run("dns", "query", "--container", "app", "pool");

        Assert.Equal(
            (0, "pool  5  A  10.5.0.2\npool  5  A  10.6.0.2\nfrom: network front (containers web, web2), network back (container db)\n",
                ""),
            (output.ExitCode, output.StandardOutput, output.StandardError));
    }

    [Theory]
    [InlineData(
        """ "Source":"server","Server":{"Address":"192.0.2.53"},"Milliseconds":12.34 """, "192.0.2.53 (asked from the host), 12.3 ms")]
    [InlineData(
        """ "Source":"server","Server":{"Address":"192.0.2.53:5353","AskedInside":true},"Milliseconds":7 """,
        "192.0.2.53:5353 (asked from inside), 7 ms")]
    [InlineData(""" "Source":"cache","SecondsLeft":34,"Server":{"Address":"192.0.2.53"} """, "cache (from 192.0.2.53, 34 s left)")]
    [InlineData(""" "Source":"cache","SecondsLeft":0 """, "cache (0 s left)")]
    [InlineData(""" "Source":"names","Holders":[{"Address":"10.5.0.1","Network":"front"}] """, "network front (its gateway)")]
    [InlineData(""" "Source":"names","Container":"app" """, "the names that app sees")]
    public void Query_says_where_an_answer_comes_from(string source, string words)
    {
        const string Records =
            """
            [{"Name":"www.example.org","Ttl":100,"Type":"CNAME","Data":"w.org"},
             {"Name":"w.org","Ttl":9,"Type":"A","Data":"198.51.100.7"}]
            """;
        Answers(
            "?name=www.example.org&type=A",
            $$""" "Name":"www.example.org","Type":"A","Status":"NOERROR","Answers":{{Records}},{{source}} """);

        Output output = _cli.Run("dns", "query", "www.example.org", "A");

        Assert.Equal(
            (0, $"www.example.org  100  CNAME  w.org\nw.org              9  A      198.51.100.7\nfrom: {words}\n"),
            (output.ExitCode, output.StandardOutput));
    }

    [Theory]
    [InlineData(
        "NXDOMAIN",
        """ "Source":"internal","Container":"app" """,
        "no network of app has the name, and no server is asked, for all its networks are internal; connect it to one that is not")]
    [InlineData("NXDOMAIN", """ "Source":"server","Server":{"Address":"192.0.2.53"} """, "there is no such name, says 192.0.2.53")]
    [InlineData("NXDOMAIN", """ "Source":"cache" """, "there is no such name, says the server that was asked")]
    [InlineData("NXDOMAIN", """ "Source":"names" """, "netctl.internal has no such name, and no server is asked for what is in it")]
    [InlineData("NOERROR", """ "Source":"names" """, "the name is ours and has no record of type MX; no server is asked for it")]
    [InlineData(
        "NOERROR", """ "Source":"server","Server":{"Address":"192.0.2.53"} """, "the name has no record of type MX, says 192.0.2.53")]
    [InlineData("SERVFAIL", """ "Source":"server","Server":{"Address":"192.0.2.53"} """, "192.0.2.53 could not find the answer")]
    [InlineData("REFUSED", """ "Source":"server","Server":{"Address":"192.0.2.53"} """, "192.0.2.53 does not want to answer")]
    [InlineData(
        "SERVFAIL",
        """ "Source":"nobody","Servers":[{"Address":"192.0.2.53"},{"Address":"::1","AskedInside":true}] """,
        "no server answered (192.0.2.53 from the host, ::1 from inside); see whether they can be reached")]
    [InlineData("SERVFAIL", """ "Source":"nobody" """, "there is no server to ask; name one in the host's /etc/resolv.conf")]
    [InlineData(
        "SERVFAIL", """ "Source":"limit","Container":"app" """, "too many questions of app are under way; see netctl dns stats app")]
    [InlineData("SERVFAIL", """ "Source":"fault" """, "the daemon failed; its log says how")]
    [InlineData("REFUSED", """ "Source":"rejected" """, "this kind of question is not served")]
    public void Query_fails_and_says_why_when_there_is_no_record(string status, string source, string reason)
    {
        Answers("?name=x.org&type=MX", $$""" "Name":"x.org","Type":"MX","Status":"{{status}}","Answers":[],{{source}} """);

        Output output = _cli.Run("dns", "query", "x.org", "MX");

        Assert.Equal((1, $"netctl: x.org MX: {status}, {reason}\n"), (output.ExitCode, output.StandardError));
    }

    [Fact]
    public void Query_has_formats_and_the_exit_code_stays()
    {
        Answers("?name=x.org", """ "Name":"x.org","Type":"A","Status":"NXDOMAIN","Source":"server","Answers":[] """);

        Output output = _cli.Run("dns", "query", "--format", "{{.Source}} {{.Status}}", "x.org");

        Assert.Equal((1, "server NXDOMAIN\n"), (output.ExitCode, output.StandardOutput));
        Assert.StartsWith(
            """{"Name":"x.org","Type":"A",""", _cli.Run("dns", "query", "--format=json", "x.org").StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void Stats_are_a_line_a_container_their_total_the_cache_and_the_servers()
    {
        _cli.Daemon.Answers("GET /netctl/dns/stats", 200,
            """
            {"Containers":[{"Name":"app","Queries":7,"OwnNames":4,"Forwarded":2,"Failed":1,"Rejected":1},
              {"Name":"web","Queries":3,"Cached":3,"TcpConnections":1,"Faults":1,"SocketErrors":1}],
             "Forwarding":{"CacheEntries":12,"CacheBytes":3456,"CacheHits":3,"CacheMisses":2,"CacheEvictions":0,"Servers":[
              {"Address":"192.0.2.53","Asked":2,"Answered":1,"Failed":1},{"Address":"192.0.2.54:5353","Container":"web","IsFailing":true}]}}
            """);

        Output output = _cli.Run("dns", "stats");

        Assert.Equal(
            (0,
                "CONTAINER   QUERIES   OWN NAMES   CACHED    FORWARDED   FAILED    INTERNAL   " +
                "OVER LIMIT   REJECTED   DROPPED   TCP       TCP REFUSED   ERRORS\n" +
                "app         7         4           0         2           1         0          " +
                "0            1          0         0         0             0\n" +
                "web         3         0           3         0           0         0          " +
                "0            0          0         1         0             2\n" +
                "(total)     10        4           3         2           1         0          " +
                "0            1          0         1         0             2\n" +
                "\n" +
                "cache: 12 entries of 3456 bytes; 3 found, 2 not found, 0 given up for want of room\n" +
                "\n" +
                "SERVER            ASKED FROM      ASKED     ANSWERED   FAILED    STATE\n" +
                "192.0.2.53        host            2         1          1         good\n" +
                "192.0.2.54:5353   container web   0         0          0         failing\n"),
            (output.ExitCode, output.StandardOutput));
        Assert.Equal(
            "app 7\nweb 3\n\n",
            _cli.Run("dns", "stats", "--format", "{{range .Containers}}{{.Name}} {{.Queries}}{{println}}{{end}}").StandardOutput);
    }

    [Fact]
    public void Stats_of_one_container_are_its_line_alone()
    {
        _cli.Daemon.Answers("GET /netctl/dns/stats?container=app", 200, """{"Containers":[{"Name":"app","Queries":7}]}""");

        Assert.Equal(2, _cli.Run("dns", "stats", "app").StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Log_prints_a_line_a_question_and_says_how_many_are_missing()
    {
        const string Head = "\"Time\":\"2026-01-02T03:04:05.678Z\",\"Container\":\"web\",\"Transport\":\"udp\"";
        Log("?container=web",
            $$"""{{{Head}},"Name":"db","Type":"A","Source":"names","Status":"NOERROR","Answers":1}""",
            $$"""{{{Head}},"Name":"x.org","Type":"MX","Source":"server","Status":"NXDOMAIN",""" +
                """ "Server":{"Address":"192.0.2.53"},"Milliseconds":12}""",
            $$"""{{{Head}},"Name":"x.org","Type":"A","Source":"cache","Status":"NOERROR","Answers":2,"Lost":35}""",
            $$"""{{{Head}},"Name":"x.org","Type":"A","Source":"nobody","Status":"SERVFAIL","Milliseconds":4000}""",
            $$"""{{{Head}},"Source":"rejected","Status":"FORMERR"}""",
            """{"Time":"2026-01-02T03:04:05.678Z","Transport":"tcp","Source":"dropped"}""");

        Output output = _cli.Run("dns", "log", "-f", "web");

        Assert.Equal(
            (0,
            """
            2026-01-02T03:04:05.678Z web udp db A: NOERROR, 1 answer, own name
            2026-01-02T03:04:05.678Z web udp x.org MX: NXDOMAIN, 192.0.2.53 (asked from the host), 12 ms
            2026-01-02T03:04:05.678Z web udp x.org A: NOERROR, 2 answers, cached
            2026-01-02T03:04:05.678Z web udp x.org A: SERVFAIL, no server answered, 4000 ms
            2026-01-02T03:04:05.678Z web udp (unreadable): FORMERR, not served
            2026-01-02T03:04:05.678Z - tcp (unreadable): dropped

            """,
            "netctl: 35 questions are missing here, for they came faster than they could be printed\n"),
            (output.ExitCode, output.StandardOutput, output.StandardError));
        Assert.Equal(
            "db\nx.org\n",
            string.Concat(_cli.Run("dns", "log", "-f", "--format", "{{.Name}}", "web").StandardOutput
                .Split('\n')
                .Take(2)
                .Select(l => l + "\n")));
    }

    [Fact]
    public void Log_of_all_ends_only_with_the_daemon_and_says_so()
    {
        Log("");

        Output output = _cli.Run("dns", "log", "--follow");

        Assert.Equal((1, ""), (output.ExitCode, output.StandardOutput));
        Assert.Contains("has ended", output.StandardError, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_that_does_not_follow_is_told_that_nothing_is_kept()
    {
        Output output = _cli.Run("dns", "log", "web");

        Assert.Equal(
            (1, "netctl: the resolver keeps no record of questions: give -f to follow those that come\n"),
            (output.ExitCode, output.StandardError));
        Assert.Empty(_cli.Daemon.Requests);
    }

    [Fact]
    public void Flush_says_nothing()
    {
        _cli.Daemon.Answers("POST /netctl/dns/flush", 204);

        Output output = _cli.Run("dns", "flush");

        Assert.Equal((0, "", ""), (output.ExitCode, output.StandardOutput, output.StandardError));
    }

    [Theory]
    [InlineData("dns", "query")]
    [InlineData("dns", "query", "a", "A", "b")]
    [InlineData("dns", "flush", "web")]
    [InlineData("dns", "stats", "--container", "web")]
    [InlineData("dns", "look")]
    public void What_cannot_be_meant_is_refused_before_the_daemon_is_asked(params string[] arguments)
    {
        Output output = _cli.Run(arguments);

        Assert.Equal((1, ""), (output.ExitCode, output.StandardOutput));
        Assert.Contains("--help", output.StandardError, StringComparison.Ordinal);
        Assert.Empty(_cli.Daemon.Requests);
    }

    private void Answers(string query, string fields) => _cli.Daemon.Answers($"GET /netctl/dns/query{query}", 200, $"{{{fields}}}");

    private void Log(string query, params string[] lines) =>
        _cli.Daemon.Answers($"GET /netctl/dns/log{query}", 200, string.Concat(lines.Select(l => l + "\n")), "application/x-ndjson");
}
