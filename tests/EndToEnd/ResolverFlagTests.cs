using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>--dns, --dns-search and --dns-option: in the container's resolv.conf, in inspect, and refused where they make no
/// sense.</summary>
public sealed class ResolverFlagTests
{
    private static readonly string[] Flags =
        [
            "--dns", "198.51.100.53", "--dns", "2001:db8::53", "--dns-search", "lab.example", "--dns-search", "example.org", "--dns-option",
            "ndots:2", "--dns-opt", "rotate",
        ];

    [KernelFact]
    public void What_is_said_about_the_resolver_stands_in_its_file_and_in_inspect()
    {
        using TestHost host = HostWithResolver();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net7");
        host.NetctlOk(["create", "--name", "user", "--network", "net7", .. Flags]);
        host.NetctlOk(["create", "--name", "bare", .. Flags]);
        host.NetctlOk("create", "--name", "plain");
        host.NetctlOk("create", "--name", "empty", "--network", "net7", "--dns-search", ".");

        Assert.Equal("nameserver 127.0.0.11\nsearch lab.example example.org\noptions ndots:2 rotate", File("user"));
        Assert.Equal(
            "nameserver 198.51.100.53\nnameserver 2001:db8::53\nsearch lab.example example.org\noptions ndots:2 rotate", File("bare"));
        Assert.Equal("nameserver 192.0.2.2\nsearch host.example", File("plain"));
        Assert.Equal("nameserver 127.0.0.11\noptions ndots:0", File("empty"));
        Assert.Equal(
            "[198.51.100.53 2001:db8::53] [lab.example example.org] [ndots:2 rotate]",
            host.NetctlOk("inspect", "--format", "{{.HostConfig.Dns}} {{.HostConfig.DnsSearch}} {{.HostConfig.DnsOptions}}", "user"));
        Assert.Equal(
            "[] [] []",
            host.NetctlOk("inspect", "--format", "{{.HostConfig.Dns}} {{.HostConfig.DnsSearch}} {{.HostConfig.DnsOptions}}", "plain"));

        // The daemon forgets none of it.
        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal("[198.51.100.53 2001:db8::53]", host.NetctlOk("inspect", "--format", "{{.HostConfig.Dns}}", "user"));
        Assert.Equal("nameserver 127.0.0.11\nsearch lab.example example.org\noptions ndots:2 rotate", File("user"));

        string File(string container) => host.NetctlOk("exec", container, "cat", "/etc/resolv.conf");
    }

    [KernelFact]
    public void The_daemons_own_servers_are_for_containers_that_name_none()
    {
        using TestHost host = HostWithResolver();
        host.StartDaemon("--dns", "203.0.113.1", "--dns", "203.0.113.2", "--dns-cache", "0");
        host.NetctlOk("create", "--name", "bare");
        host.NetctlOk("create", "--name", "named", "--dns", "198.51.100.53");
        Assert.Equal(
            "nameserver 203.0.113.1\nnameserver 203.0.113.2\nsearch host.example",
            host.NetctlOk("exec", "bare", "cat", "/etc/resolv.conf"));
        Assert.Equal("nameserver 198.51.100.53\nsearch host.example", host.NetctlOk("exec", "named", "cat", "/etc/resolv.conf"));
    }

    [KernelFact]
    public void What_makes_no_sense_is_refused_with_a_remedy_and_leaves_no_container()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net7");
        foreach ((string expected, string[] flags) in new (string, string[])[]
        {
            ("invalid DNS server \"example.org\"", ["--dns", "example.org"]),
            ("embedded resolver itself", ["--dns", "127.0.0.11"]),
            ("invalid DNS search domain \"a b\"", ["--dns-search", "a b"]),
            ("invalid DNS search domain \"a.example\\nnameserver 192.0.2.6\"", ["--dns-search", "a.example\nnameserver 192.0.2.6"]),
            ("invalid DNS option \"ndots:1 rotate\"", ["--dns-option", "ndots:1 rotate"]),
            ("only supported for user-defined networks", ["--network-alias", "www"]),
            ("only supported for user-defined networks", ["--network", "bridge", "--network", "net7", "--network-alias", "www"]),
            ("alias \"a b\"", ["--network", "net7", "--network-alias", "a b"]),
            ("invalid host name \"-web\"", ["-h", "-web"]),
            ("leave the dns options out", ["--network", "host", "--dns", "192.0.2.53"]),
        })
        {
            Output output = host.Netctl(["run", "-d", .. flags, "true"]);
            Assert.Equal(125, output.ExitCode);
            Assert.Contains(expected, output.StandardError, StringComparison.Ordinal);
        }

        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void A_file_that_the_container_has_edited_is_its_own_from_then_on()
    {
        using TestHost host = HostWithResolver();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net7");
        host.NetctlOk("run", "-d", "--name", "edits", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "does-not", "sleep", "1000");
        host.NetctlOk("exec", "edits", "sh", "-c", "echo 'nameserver 192.0.2.99' > /etc/resolv.conf");
        foreach (string container in (string[])["edits", "does-not"])
        {
            host.NetctlOk("network", "connect", "net7", container);
        }

        Assert.Equal("nameserver 192.0.2.99", File("edits"));
        Assert.StartsWith("nameserver 127.0.0.11\n", File("does-not"), StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();

        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal("nameserver 192.0.2.99", File("edits"));
        host.NetctlOk("network", "disconnect", "net7", "does-not");
        Assert.StartsWith("nameserver 192.0.2.2\n", File("does-not"), StringComparison.Ordinal);

        string id = host.NetctlOk("inspect", "--format", "{{.Id}}", "edits").Trim();
        Assert.Contains("resolv.conf", host.Shell($"find {host.Root} -path '*{id}*'"), StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "edits");
        Assert.Equal("", host.Shell($"find {host.Root} -path '*{id}*' -name '*resolv*'"));

        string File(string container) => host.NetctlOk("exec", container, "cat", "/etc/resolv.conf");
    }

    private static TestHost HostWithResolver()
    {
        TestHost host = TestHost.Create();
        host.OwnEtc();
        host.Shell("printf 'nameserver 192.0.2.2\\nsearch host.example\\n' > /etc/resolv.conf");
        return host;
    }
}
