using System.Diagnostics;
using System.Text.RegularExpressions;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>netctl dns</c> beside what dig sees inside the containers.</summary>
public sealed class DnsVerbTests
{
    [KernelFact]
    public void Query_says_what_dig_says_and_on_which_network_the_name_is()
    {
        using TestHost host = TestHost.Create();
        Build(host);

        Assert.Equal(
            host.NetctlOk("exec", "app", "dig", "+short", "db"),
            host.NetctlOk("dns", "query", "-c", "app", "--format", "{{range .Answers}}{{.Data}}{{end}}", "db"));
        Assert.Equal("db  5  A  10.7.0.2\nfrom: network front (container db)", host.NetctlOk("dns", "query", "--container", "app", "db"));
        Assert.Equal(
            "DB.front  5  AAAA  fd00:7::2\nfrom: network front (container db)",
            host.NetctlOk("dns", "query", "-c", "app", "DB.front", "AAAA"));
        Assert.Equal(
            "2.0.7.10.in-addr.arpa  5  PTR  db.front\nfrom: network front (container db)",
            host.NetctlOk("dns", "query", "-c", "app", "10.7.0.2"));

        // Another type: ours, and never sent on.
        Output mail = host.Netctl("dns", "query", "-c", "app", "db", "MX");
        Assert.Equal((1, "from: network front (container db)\n"), (mail.ExitCode, mail.StandardOutput));
        Assert.Contains("NOERROR, the name is ours", mail.StandardError, StringComparison.Ordinal);

        // One who is on another network is told otherwise; nobody in particular finds it all the same.
        Assert.Contains(
            "NXDOMAIN, no network of shut has the name",
            host.Netctl("dns", "query", "-c", "shut", "db").StandardError,
            StringComparison.Ordinal);
        Assert.Contains("status: NXDOMAIN", host.NetctlOk("exec", "shut", "dig", "db"), StringComparison.Ordinal);
        Assert.Equal("db  5  A  10.7.0.2\nfrom: network front (container db)", host.NetctlOk("dns", "query", "db"));
        Assert.Contains("from: network inner (container shut)", host.NetctlOk("dns", "query", "shut.inner"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_name_that_is_not_ours_says_which_server_answered_and_then_that_it_is_kept()
    {
        using TestHost host = TestHost.Create();
        Build(host, withUpstream: true);

        Output first = host.Netctl("dns", "query", "-c", "app", "www.example.org");
        Output second = host.Netctl("dns", "query", "-c", "app", "www.example.org");
        host.NetctlOk("dns", "flush");
        Output third = host.Netctl("dns", "query", "-c", "app", "www.example.org");
        Output outside = host.Netctl("dns", "query", "www.example.net");

        Assert.Equal("198.51.100.7", host.NetctlOk("exec", "app", "dig", "+short", "www.example.org"));
        Assert.StartsWith(
            "www.example.org  60  A  198.51.100.7\nfrom: 127.0.0.1 (asked from the host), ",
            first.StandardOutput,
            StringComparison.Ordinal);
        Assert.Matches(@"from: cache \(from 127\.0\.0\.1, \d+ s left\)", second.StandardOutput);
        Assert.Contains("from: 127.0.0.1 (asked from the host), ", third.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("from: 127.0.0.1 (asked from the host), ", outside.StandardOutput, StringComparison.Ordinal);

        // What dig asks with AD set is kept for itself.
        Assert.Equal("3 1", host.NetctlOk("dns", "stats", "--format", "{{.Forwarding.CacheEntries}} {{.Forwarding.CacheHits}}"));
        Assert.Equal(
            "127.0.0.1 4 4 0 false",
            host.NetctlOk(
                "dns",
                "stats",
                "--format",
                "{{range .Forwarding.Servers}}{{.Address}} {{.Asked}} {{.Answered}} {{.Failed}} {{.IsFailing}}{{end}}"));
        Assert.Matches(@"127\.0\.0\.1 +host +4 +4 +0 +good", host.NetctlOk("dns", "stats"));
    }

    [KernelFact]
    public void When_no_server_answers_the_servers_are_named()
    {
        using TestHost host = TestHost.Create();
        Build(host);

        Output output = host.Netctl("dns", "query", "-c", "app", "www.example.org");

        Assert.Equal((1, ""), (output.ExitCode, output.StandardOutput));
        Assert.StartsWith(
            "netctl: www.example.org A: SERVFAIL, no server answered (127.0.0.1 from the host)",
            output.StandardError,
            StringComparison.Ordinal);
    }

    [KernelFact]
    public void Log_follows_what_is_asked_inside_and_ends_with_the_container()
    {
        using TestHost host = TestHost.Create();
        Build(host);
        using var one = new Following(host, "dns", "log", "-f", "app");
        using var all = new Following(host, "dns", "log", "-f", "--format", "{{.Container}} {{.Name}} {{.Type}} {{.Source}}");
        TestHost.Eventually("both follow", () =>
        {
            host.NetctlOk("exec", "app", "dig", "db", "AAAA");
            return one.Has(" app udp db AAAA: NOERROR, 1 answer, own name") && all.Has("app db AAAA names");
        });

        host.NetctlOk("exec", "shut", "dig", "+tcp", "www.example.org");
        host.NetctlOk("exec", "app", "dig", "+tcp", "+noedns", "-x", "10.7.0.2");
        TestHost.Eventually("the questions are seen", () => one.Has(" app tcp 2.0.7.10.in-addr.arpa PTR: NOERROR, 1 answer, own name"));
        TestHost.Eventually("the other's is seen", () => all.Has("shut www.example.org A internal"));
        Assert.False(one.Has("www.example.org"));

        host.NetctlOk("stop", "-t", "0", "app");
        Assert.True(one.Process.WaitForExit(15_000), "the log goes on although its container has ended");
        Assert.Equal(0, one.Process.ExitCode);
        Assert.False(all.Process.HasExited);

        host.Shell($"kill -INT {all.Process.Id}");
        Assert.True(all.Process.WaitForExit(15_000), "the log goes on after an interrupt");
        Assert.Equal(130, all.Process.ExitCode);
    }

    [KernelFact]
    public void A_reader_of_the_log_that_stands_still_loses_lines_is_told_how_many_and_stops_nobody()
    {
        const int Flood = 20_000;
        using TestHost host = TestHost.Create();
        Build(host);
        using var reader = new Following(host, "dns", "log", "-f", "app");
        TestHost.Eventually("it follows", () =>
        {
            host.NetctlOk("exec", "app", "dig", "db");
            return reader.Has("db A");
        });

        host.Shell($"kill -STOP {reader.Process.Id}");
        Assert.Equal("answered", host.NetctlOk("exec", "app", "python3", "-c", Asking, $"{Flood}"));
        host.Shell($"kill -CONT {reader.Process.Id}");

        TestHost.Eventually("it is told what is missing", () =>
        {
            host.NetctlOk("exec", "app", "dig", "db", "AAAA");
            return reader.Missing > 0;
        });
        Assert.InRange(
            reader.Missing + reader.Count("db.front A"),
            Flood,
            long.Parse(host.NetctlOk("dns", "stats", "--format", "{{range .Containers}}{{.Queries}}{{end}}", "app")));
    }

    [KernelFact]
    public void Stats_count_what_was_asked()
    {
        using TestHost host = TestHost.Create();
        Build(host);
        host.NetctlOk("exec", "app", "dig", "db");
        host.NetctlOk("exec", "app", "dig", "+tcp", "db", "MX");
        host.NetctlOk("exec", "app", "dig", "-c", "CH", "-t", "TXT", "version.bind");
        host.NetctlOk("exec", "shut", "dig", "www.example.org");
        host.Netctl("dns", "query", "-c", "app", "db");

        const string Format =
            "{{range .Containers}}{{.Name}} {{.Queries}} {{.OwnNames}} {{.Internal}} {{.Rejected}} {{.TcpConnections}};{{end}}";
        Assert.Equal("app 4 3 0 1 1;db 0 0 0 0 0;shut 1 0 1 0 0;", host.NetctlOk("dns", "stats", "--format", Format));
        Assert.Equal("shut 1 0 1 0 0;", host.NetctlOk("dns", "stats", "--format", Format, "shut"));
        Assert.Matches(@"\(total\) +5 ", host.NetctlOk("dns", "stats"));
    }

    [KernelFact]
    public void Who_has_no_resolver_is_told_why_and_what_helps()
    {
        using TestHost host = TestHost.Create();
        Build(host);
        host.NetctlOk("run", "-d", "--name", "plain", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "hosted", "--network", "host", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "alone", "--network", "none", "sleep", "1000");
        host.NetctlOk("stop", "-t", "0", "shut");

        foreach ((string container, string words) in new[]
        {
            ("plain", "on the network \"bridge\" there are no names: connect it to a network made with \"netctl network create\""),
            ("hosted", "ask without --container"),
            ("alone", "it is on no network with names"),
            ("shut", "is not running and asks nothing; start it first"),
            ("nobody", "No such container: nobody"),
        })
        {
            string[][] commands = [["query", "-c", container, "db"], ["stats", container], ["log", "-f", container]];
            foreach (string[] command in commands)
            {
                Output output = host.Netctl(["dns", .. command]);
                Assert.Equal((1, ""), (output.ExitCode, output.StandardOutput));
                Assert.StartsWith("Error response from daemon: ", output.StandardError, StringComparison.Ordinal);
                Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
            }
        }
    }

    [KernelFact]
    public void What_is_no_question_is_refused_in_one_sentence()
    {
        using TestHost host = TestHost.Create();
        Build(host);

        foreach ((string name, string type, string words) in new[]
        {
            ("db", "FOO", "unknown record type \"FOO\""),
            ("a..b", "A", "\"a..b\" is no domain name"),
            ("", "A", "\"\" is no domain name"),
            (new string('x', 64), "A", "is no domain name"),
            ("b\u00fccher.example.org", "A", "is no domain name"),
        })
        {
            Output output = host.Netctl("dns", "query", "-c", "app", name, type);
            Assert.Equal((1, ""), (output.ExitCode, output.StandardOutput));
            Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
        }

        Assert.Contains(
            "REFUSED, this kind of question is not served",
            host.Netctl("dns", "query", "-c", "app", "example.org", "AXFR").StandardError,
            StringComparison.Ordinal);
        Assert.Equal(
            "404",
            host.Shell($"curl -s -o /dev/null -w '%{{http_code}}' --unix-socket {host.Socket} 'http://x/netctl/dns/log?container=nobody'"));
        Assert.Equal(
            "400", host.Shell($"curl -s -o /dev/null -w '%{{http_code}}' --unix-socket {host.Socket} 'http://x/netctl/dns/query'"));
    }

    /// <summary>app and db on front (10.7.0.0/24 and fd00:7::/64), shut on inner, which is internal; the host's server is
    /// 127.0.0.1.</summary>
    private static void Build(TestHost host, bool withUpstream = false)
    {
        File.WriteAllText(Path.Combine(host.Root, "resolv.conf"), "nameserver 127.0.0.1\n");
        host.Shell($"mount --bind {host.Root}/resolv.conf /etc/resolv.conf");
        if (withUpstream)
        {
            Process upstream = host.Start("python3", "-c", Upstream, host.Root);
            Assert.Equal("ready", upstream.StandardOutput.ReadLine());
        }

        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "front");
        host.NetctlOk("network", "create", "--internal", "inner");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "front", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "front", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "shut", "--network", "inner", "sleep", "1000");
    }

    // Answers every question with 198.51.100.7, TTL 60. The folder of the host stands in its command line, so that it ends with the host.
    private const string Upstream =
        """
        import socket
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("127.0.0.1", 53))
        print("ready", flush=True)
        while True:
            q, a = s.recvfrom(4096)
            end = q.index(b"\0", 12) + 5
            s.sendto(q[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + q[12:end] + b"\xc0\x0c\0\1\0\1\0\0\0\x3c\0\4" + bytes([198, 51, 100, 7]), a)
        """;

    // Asks for db.front as often as it is told to, each time after the answer before.
    private const string Asking =
        """
        import socket, sys
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(("127.0.0.11", 53)); s.settimeout(10)
        for i in range(int(sys.argv[1])):
            s.send(b"\1\2\1\0\0\1\0\0\0\0\0\0\2db\5front\0\0\1\0\1"); s.recv(512)
        print("answered")
        """;

    /// <summary>A netctl that runs on, and what it has printed so far.</summary>
    private sealed class Following : IDisposable
    {
        private readonly List<string> _lines = [];
        private long _missing;

        public Following(TestHost host, params string[] arguments)
        {
            Process = host.Start("sh", ["-c", "exec \"$NETCTL\" \"$@\"", "sh", .. arguments]);
            Process.OutputDataReceived += (_, line) =>
            {
                lock (_lines)
                {
                    _lines.Add(line.Data ?? "");
                }
            };
            Process.ErrorDataReceived += (_, line) =>
            {
                Match match = Regex.Match(line.Data ?? "", @"^netctl: (\d+) questions are missing here");
                Interlocked.Add(ref _missing, match.Success ? long.Parse(match.Groups[1].Value) : 0);
            };
            Process.BeginOutputReadLine();
            Process.BeginErrorReadLine();
        }

        public Process Process { get; }

        public long Missing => Interlocked.Read(ref _missing);

        public bool Has(string text) => Count(text) > 0;

        public int Count(string text)
        {
            lock (_lines)
            {
                return _lines.Count(line => line.Contains(text, StringComparison.Ordinal));
            }
        }

        public void Dispose()
        {
            Process.Kill();
            Process.Dispose();
        }
    }
}
