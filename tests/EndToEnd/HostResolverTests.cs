using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Whom containers' questions are sent on to: the servers of the host's resolv.conf as it changes, and those that were
/// named.</summary>
public sealed class HostResolverTests
{
    [KernelFact]
    public void The_hosts_file_is_followed_however_it_is_changed()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 127.0.0.1' > /etc/resolv.conf");
        using Upstreams upstreams = Upstreams.Start(host);
        host.StartDaemon();
        host.NetctlOk("network", "create", "net9");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net9", "sleep", "1000");
        Assert.Equal("198.51.100.1", host.Dig("app", "www.example.org"));

        foreach ((string how, string change, string expected) in new[]
        {
            ("written in place", "echo 'nameserver 127.0.0.2' > /etc/resolv.conf", "198.51.100.2"),
            ("replaced by rename", "echo 'nameserver 127.0.0.3' > /etc/new && mv /etc/new /etc/resolv.conf", "198.51.100.3"),
            (
                "deleted and made again",
                "rm /etc/resolv.conf; $NETCTL exec app true; echo 'nameserver 127.0.0.4' > /etc/resolv.conf",
                "198.51.100.4"),
            (
                "a link that is switched",
                "mkdir /etc/r; echo 'nameserver 127.0.0.5' > /etc/r/a; ln -sfn r/a /etc/resolv.conf",
                "198.51.100.5"),
            (
                "a link that is switched to another",
                "echo 'nameserver 127.0.0.4' > /etc/r/b; ln -s r/b /etc/new; mv -T /etc/new /etc/resolv.conf",
                "198.51.100.4"),
            ("switched back", "ln -s r/a /etc/new; mv -T /etc/new /etc/resolv.conf", "198.51.100.5"),
            ("changed behind the link", "echo 'nameserver 127.0.0.6' > /etc/r/new && mv /etc/r/new /etc/r/a", "198.51.100.6"),
            ("the stub of systemd-resolved",
                "mkdir -p /run/systemd/resolve; echo 'nameserver 127.0.0.7' > /run/systemd/resolve/resolv.conf; echo 'nameserver " +
                "127.0.0.53' > /etc/r/a",
                "198.51.100.7"),
            ("the real file behind the stub", "echo 'nameserver 127.0.0.8' > /run/systemd/resolve/resolv.conf", "198.51.100.8"),
        })
        {
            host.Shell(change);
            TestHost.Eventually(how, () => Asks(host, "app") == expected);
            TestHost.Eventually(
                $"the container keeps its own file: {how}",
                () =>
                    host.NetctlOk("exec", "app", "cat", "/etc/resolv.conf")
                        .StartsWith("nameserver 127.0.0.11\n", StringComparison.Ordinal));
        }
    }

    [KernelFact]
    public void A_container_on_the_default_bridge_follows_the_hosts_file_unless_it_has_its_own()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 192.0.2.53' > /etc/resolv.conf");
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "app", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "edited", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "given", "--dns", "192.0.2.7", "sleep", "1000");
        host.NetctlOk("exec", "edited", "sh", "-c", "echo nameserver 192.0.2.99 > /etc/resolv.conf");
        Assert.Contains("nameserver 192.0.2.53\n", Conf(host, "app"), StringComparison.Ordinal);

        host.Shell("echo 'nameserver 192.0.2.54' > /etc/new; echo 'search example.net' >> /etc/new; mv /etc/new /etc/resolv.conf");

        TestHost.Eventually(
            "the container has the new server and domain",
            () => Conf(host, "app") is var text && text.Contains("nameserver 192.0.2.54\n", StringComparison.Ordinal)
                && text.Contains("search example.net\n", StringComparison.Ordinal));
        Assert.Equal("nameserver 192.0.2.99\n", Conf(host, "edited"));
        Assert.Contains("nameserver 192.0.2.7\n", Conf(host, "given"), StringComparison.Ordinal);
        Assert.DoesNotContain("192.0.2.54", Conf(host, "given"), StringComparison.Ordinal);
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    [KernelFact]
    public void Servers_named_for_the_daemon_are_asked_from_the_host_and_those_of_a_container_from_within_it()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 127.0.0.1' > /etc/resolv.conf");
        using Upstreams upstreams = Upstreams.Start(host);
        host.StartDaemon("--dns", "127.0.0.2");
        host.NetctlOk("network", "create", "net9");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net9", "sleep", "1000");
        Assert.Equal("198.51.100.2", Asks(host, "app"));

        // The same address means another machine inside: its own server on loopback.
        host.NetctlOk(
            "run", "-d", "--name", "own", "--network", "net9", "--dns", "127.0.0.1", "python3", "-c", Upstreams.Script("203.0.113"));
        TestHost.Eventually(
            "the container's own server runs", () => host.Netctl("logs", "own").StandardOutput.Contains("ready", StringComparison.Ordinal));
        Assert.Equal("203.0.113.1", Asks(host, "own"));
    }

    [KernelFact]
    public void Nothing_is_forwarded_as_long_as_all_networks_are_internal()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 127.0.0.1' > /etc/resolv.conf");
        using Upstreams upstreams = Upstreams.Start(host);
        host.StartDaemon();
        host.NetctlOk("network", "create", "--internal", "inner");
        host.NetctlOk("network", "create", "net9");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "inner", "sleep", "1000");
        for (int round = 0; round < 2; round++)
        {
            Assert.Contains("status: NXDOMAIN", host.NetctlOk("exec", "app", "dig", "www.example.org"), StringComparison.Ordinal);
            host.NetctlOk("network", "connect", "net9", "app");
            Assert.Equal("198.51.100.1", Asks(host, "app"));
            host.NetctlOk("network", "disconnect", "net9", "app");
        }
    }

    [KernelFact]
    public void A_server_named_for_a_container_is_asked_from_within_it_also_on_an_internal_network()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 127.0.0.1' > /etc/resolv.conf");
        using Upstreams upstreams = Upstreams.Start(host);
        host.StartDaemon();
        host.NetctlOk("network", "create", "--internal", "--subnet", "10.80.0.0/24", "inner");
        host.NetctlOk("run", "-d", "--name", "server", "--network", "inner", "python3", "-c", Upstreams.Script("203.0.113", "10.80.0"));
        TestHost.Eventually(
            "the server in the network runs",
            () => host.Netctl("logs", "server").StandardOutput.Contains("ready", StringComparison.Ordinal));
        host.NetctlOk("run", "-d", "--name", "app", "--network", "inner", "--dns", "10.80.0.2", "sleep", "1000");
        Assert.Equal("203.0.113.2", Asks(host, "app"));
        Assert.Equal("10.80.0.2", host.Dig("app", "server"));

        // The host's servers stay closed to it, and to one for which none were named.
        host.NetctlOk("run", "-d", "--name", "other", "--network", "inner", "sleep", "1000");
        Assert.Contains("status: NXDOMAIN", host.NetctlOk("exec", "other", "dig", "www.example.org"), StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "server");
        Assert.Equal("", host.Netctl("exec", "app", "dig", "+short", "+time=1", "+tries=1", "www.example.org").StandardOutput
            .Replace(";; communications error to 127.0.0.11#53: timed out", "", StringComparison.Ordinal)
            .Replace(";; no servers could be reached", "", StringComparison.Ordinal).Trim());
        Assert.Equal("198.51.100.1", host.Shell("dig +short +time=5 @127.0.0.1 last.example.org"));
        Assert.Equal(["last.example.org"], upstreams.QuestionsUpTo("last.example.org"));
    }

    [KernelFact]
    public void Names_that_are_ours_never_reach_the_hosts_servers()
    {
        using TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("echo 'nameserver 127.0.0.1' > /etc/resolv.conf");
        using Upstreams upstreams = Upstreams.Start(host);
        host.StartDaemon();
        host.NetctlOk("network", "create", "net9");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net9", "--network-alias", "www", "sleep", "1000");
        foreach (string name in (string[])["app", "www", "www.net9", "host.netctl.internal", "netctl.internal", "none.netctl.internal"])
        {
            foreach (string type in (string[])["A", "AAAA", "MX", "TXT", "ANY", "HTTPS", "NS", "SOA", "PTR"])
            {
                string status = name.StartsWith("none.", StringComparison.Ordinal) ? "status: NXDOMAIN" : "status: NOERROR";
                Assert.Contains(status, host.NetctlOk("exec", "app", "dig", "+notcp", name, type), StringComparison.Ordinal);
            }
        }

        // Nor when a person asks.
        Assert.Equal(1, host.Netctl("dns", "query", "none.netctl.internal").ExitCode);

        // The question after them has arrived, and they have not.
        Assert.Equal("198.51.100.1", host.Dig("app", "last.example.org"));
        Assert.Equal(["last.example.org"], upstreams.QuestionsUpTo("last.example.org"));
    }

    // Read from outside by way of the command's own root, as the kernel shows it to the command.
    private static string Conf(TestHost host, string container)
    {
        string id = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", container);
        return host.Shell($"cat /proc/{id}/root/etc/resolv.conf") + "\n";
    }

    private static string Asks(TestHost host, string container) =>
        host.Netctl(
            "exec", container, "dig", "+short", "+time=1", "+tries=1", $"q{Guid.NewGuid():n}.example.org").StandardOutput.TrimEnd('\n');

    /// <summary>DNS servers on the host's 127.0.0.1 to 127.0.0.8, which answer every question with 198.51.100.1 to 198.51.100.8.</summary>
    private sealed class Upstreams(Process process) : IDisposable
    {
        public static Upstreams Start(TestHost host)
        {
            Process process = host.Start("python3", "-c", Script("198.51.100"));
            Assert.Equal("ready", process.StandardOutput.ReadLine());
            return new Upstreams(process);
        }

        /// <summary>The names they were asked for, the last of them the one that is waited for.</summary>
        public IReadOnlyList<string> QuestionsUpTo(string last)
        {
            var names = new List<string>();
            do
            {
                names.Add(process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the upstream servers have ended"));
            }
            while (names[^1] != last);
            return names;
        }

        /// <summary>The program: it serves those of the addresses 1 to 8 of a /24 that its namespace has, and answers with the same of
        /// another /24.</summary>
        public static string Script(string net, string served = "127.0.0") =>
            $$"""
            import select, socket
            servers = {}
            for i in range(1, 9):
                s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
                try: s.bind(("{{served}}.%d" % i, 53)); servers[s] = i
                except OSError: pass
            print("ready", flush=True)
            while True:
                for s in select.select(list(servers), [], [])[0]:
                    q, a = s.recvfrom(4096)
                    end = q.index(b"\0", 12) + 5
                    at, labels = 12, []
                    while q[at]:
                        labels.append(q[at + 1:at + 1 + q[at]].decode()); at += q[at] + 1
                    print(".".join(labels), flush=True)
                    address = socket.inet_aton("{{net}}.%d" % servers[s])
                    s.sendto(q[:2] + b"\x81\x80\0\1\0\1\0\0\0\0" + q[12:end] + b"\xc0\x0c\0\1\0\1\0\0\0\0\0\4" + address, a)
            """;

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
