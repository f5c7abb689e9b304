using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Names as a container's programs see them: dig and getent inside, the daemon's resolver behind 127.0.0.11.</summary>
public sealed class NameTests
{
    [KernelFact]
    public void Containers_find_each_other_by_name_over_udp_and_tcp_in_both_families()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "10.7.0.0/24", "--subnet", "fd00:7::/64", "net7");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "net7", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net7", "sleep", "1000");

        Assert.Equal("10.7.0.2", host.Dig("app", "db"));
        Assert.Equal("10.7.0.2", host.Dig("app", "+tcp", "db"));
        Assert.Equal("10.7.0.2", host.Dig("app", "DB.net7"));
        Assert.Equal("fd00:7::2", host.Dig("app", "db", "AAAA"));
        Assert.Equal("db.net7.", host.Dig("app", "-x", "10.7.0.2"));
        Assert.Equal("db.net7.", host.Dig("app", "-x", "fd00:7::2"));
        Assert.Contains("10.7.0.2", host.NetctlOk("exec", "app", "getent", "ahostsv4", "db"), StringComparison.Ordinal);

        // Another type for a name that is ours: it exists, has no such record, and the question stays here.
        string mail = host.NetctlOk("exec", "app", "dig", "db", "MX");
        Assert.Contains("status: NOERROR", mail, StringComparison.Ordinal);
        Assert.Contains("ANSWER: 0", mail, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_container_still_can_have_a_server_of_its_own_on_port_53()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net8");
        host.NetctlOk("run", "-d", "--name", "own", "--network", "net8", "python3", "-c", OwnServer);
        TestHost.Eventually(
            "the container's own server runs",
            () => host.Netctl("logs", "own").StandardOutput.Contains("both bound", StringComparison.Ordinal));

        Assert.Equal(
            "own",
            host.NetctlOk("exec", "own", "dig", "+short", "-x", host.NetctlOk("exec", "own", "hostname", "-i").Split(' ')[0])
                .Split('.')[0]);

        // Its own server never answers: an answer is the daemon's. The container's own server has the port, so that the daemon's is the
        // rewrite's.
        string address = host.NetctlOk("inspect", "--format", "{{.NetworkSettings.Networks.net8.IPAddress}}", "own");
        foreach (string transport in new[] { "+notcp", "+tcp" })
        {
            Assert.Equal(address, host.NetctlOk("exec", "own", "dig", "@127.0.0.11", "+short", "+tries=1", "+time=2", transport, "own"));
        }

        Assert.Equal(2, host.NetctlOk("exec", "own", "ss", "-Hlntu", "src 0.0.0.0:53").Split('\n').Length);
    }

    [KernelFact]
    public void What_is_not_ours_goes_to_the_hosts_server()
    {
        using TestHost host = TestHost.Create();
        File.WriteAllText(Path.Combine(host.Root, "resolv.conf"), "nameserver 127.0.0.1\nsearch lab.example.org\n");
        host.Shell($"mount --bind {host.Root}/resolv.conf /etc/resolv.conf");
        using System.Diagnostics.Process upstream = host.Start("python3", "-c", Upstream);
        Assert.Equal("ready", upstream.StandardOutput.ReadLine());
        host.StartDaemon();
        host.NetctlOk("network", "create", "net9");
        host.NetctlOk("network", "create", "--internal", "inner");
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net9", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "shut", "--network", "inner", "sleep", "1000");

        Assert.Equal("198.51.100.7", host.Dig("app", "www.example.org"));
        Assert.Contains("status: NXDOMAIN", host.NetctlOk("exec", "shut", "dig", "www.example.org"), StringComparison.Ordinal);
        string file = host.NetctlOk("exec", "app", "cat", "/etc/resolv.conf");
        Assert.Contains("nameserver 127.0.0.11", file, StringComparison.Ordinal);
        Assert.Contains("search lab.example.org", file, StringComparison.Ordinal);
        Assert.Contains("options ndots:0", file, StringComparison.Ordinal);
        upstream.Kill();
    }

    private const string OwnServer =
        """
        import socket, time
        u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(("0.0.0.0", 53))
        t = socket.socket(); t.bind(("0.0.0.0", 53)); t.listen()
        print("both bound", flush=True)
        time.sleep(1000)
        """;

    // Answers every question with 198.51.100.7.
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
}
