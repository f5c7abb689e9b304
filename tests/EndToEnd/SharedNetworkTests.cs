using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Containers that share the network stack of another (<c>--network container:NAME</c>).</summary>
public sealed class SharedNetworkTests
{
    [KernelFact]
    public void Container_has_the_others_links_files_and_host_name_and_each_ends_alone()
    {
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        host.StartDaemon();
        host.NetctlOk("network", "create", "n");
        host.NetctlOk("run", "-d", "--name", "web", "-h", "shop", "--network", "n", "-p", "8080:80", "sleep", "1000");
        string id = host.NetctlOk("inspect", "-f", "{{.Id}}", "web");
        host.NetctlOk("run", "-d", "--name", "tool", "--network", "container:web", "python3", "-m", "http.server", "80");
        Assert.Equal(Inode(host, "web"), Inode(host, "tool"));
        foreach (string command in (string[])["ip -br address", "cat /etc/hosts", "cat /etc/resolv.conf", "cat /etc/hostname", "hostname"])
        {
            Assert.Equal(host.NetctlOk("exec", "web", "sh", "-c", command), host.NetctlOk("exec", "tool", "sh", "-c", command));
        }

        Assert.Equal("shop", host.NetctlOk("exec", "tool", "hostname"));
        Assert.Equal($"container:{id}", host.NetctlOk("inspect", "-f", "{{.HostConfig.NetworkMode}}", "tool"));
        Assert.Equal("{}", host.NetctlOk("inspect", "-f", "{{json .NetworkSettings.Networks}}", "tool"));
        host.NetctlOk("exec", "tool", "getent", "hosts", "web");
        TestHost.Eventually(
            "what tool serves is reached by the port that web publishes",
            () => host.Outside("sh", "-c", $"printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 {TestHost.Address} 8080")
                .StandardOutput.Contains("200 OK", StringComparison.Ordinal));
        host.DoctorIsContentAtOnce();

        host.KillDaemon();
        host.StartDaemon();
        host.DoctorIsContentAtOnce();
        Assert.Equal(Inode(host, "web"), Inode(host, "tool"));
        host.NetctlOk("stop", "-t", "0", "tool");
        Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "web"));
        host.NetctlOk("start", "tool");
        Assert.Equal(Inode(host, "web"), Inode(host, "tool"));

        host.NetctlOk("rm", "-f", "web", "tool");
        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        TestHost.Eventually("nothing is left", () => before == KernelState.Of(host));
    }

    [KernelFact]
    public void When_the_other_stops_only_loopback_is_left_until_a_new_start()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "tool", "--network", "container:web", "sleep", "1000");
        host.NetctlOk("stop", "-t", "0", "web");
        Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "tool"));
        Assert.DoesNotContain("eth0", host.NetctlOk("exec", "tool", "ip", "-br", "link"), StringComparison.Ordinal);
        Output refused = host.Netctl("run", "-d", "--network", "container:web", "sleep", "1000");
        Assert.Equal(125, refused.ExitCode);
        Assert.Contains("cannot join network of a non running container", refused.StandardError, StringComparison.Ordinal);

        host.NetctlOk("start", "web");
        Assert.NotEqual(Inode(host, "web"), Inode(host, "tool"));
        host.NetctlOk("stop", "-t", "0", "tool");
        host.NetctlOk("start", "tool");
        Assert.Equal(Inode(host, "web"), Inode(host, "tool"));

        host.NetctlOk("rm", "-f", "web");
        Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "tool"));
        host.NetctlOk("stop", "-t", "0", "tool");
        Output gone = host.Netctl("start", "tool");
        Assert.Equal(1, gone.ExitCode);
        Assert.Contains("No such container", gone.StandardError, StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void When_the_other_ends_while_no_daemon_runs_only_loopback_is_left_whatever_the_driver()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "-d", "macvlan", "-o", "parent=lan", "--subnet", "10.7.0.0/24", "lan1");
        host.NetctlOk("network", "create", "n");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "name=lan1,ip=10.7.0.9", "--network", "n", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "tool", "--network", "container:web", "sleep", "1000");
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");
        host.KillDaemon();
        host.Shell($"kill -9 {process}");
        TestHost.Eventually("the other has ended", () => host.Shims() == 1);
        host.StartDaemon();
        TestHost.Eventually("it is known", () => host.NetctlOk("inspect", "-f", "{{.State.Status}}", "web") == "exited");
        TestHost.Eventually("its links are gone", () => host.NetctlOk("exec", "tool", "ls", "/sys/class/net") == "lo");
        host.DoctorIsContentAtOnce();
        host.NetctlOk("start", "web");
        Assert.NotEqual(Inode(host, "web"), Inode(host, "tool"));
    }

    [KernelFact]
    public void Options_that_would_change_the_others_network_are_refused_in_dockers_words()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        foreach ((string[] option, string words) in ((string[], string)[])
        [
            (["-p", "80:80"], "conflicting options: port publishing and the container type network mode"),
            (["-P"], "conflicting options: port publishing and the container type network mode"),
            (["--expose", "80"], "conflicting options: port exposing and the container type network mode"),
            (["-h", "x"], "conflicting options: hostname and the network mode"),
            (["--dns", "192.0.2.53"], "conflicting options: dns and the network mode"),
            (["--link-local-ip", "169.254.1.1"], "conflicting options: link-local-ip and the container type network mode"),
        ])
        {
            Output refused = host.Netctl(["run", "-d", "--network", "container:web", .. option, "sleep", "1000"]);
            Assert.Equal(125, refused.ExitCode);
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }

        Output missing = host.Netctl("run", "-d", "--network", "container:nosuch", "sleep", "1000");
        Assert.Contains("No such container", missing.StandardError, StringComparison.Ordinal);
        host.NetctlOk("network", "create", "n");
        host.NetctlOk("run", "-d", "--name", "tool", "--network", "container:web", "sleep", "1000");
        Output connect = host.Netctl("network", "connect", "n", "tool");
        Assert.Contains("cannot be connected to any other network", connect.StandardError, StringComparison.Ordinal);
        Assert.Equal(2, host.NetctlOk("ps", "-aq").Split('\n').Length);
    }

    [KernelFact]
    public void Network_of_a_container_with_the_hosts_network_is_the_hosts()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "h", "--network", "host", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "tool", "--network", "container:h", "sleep", "1000");
        Assert.Contains("lan", host.NetctlOk("exec", "tool", "ip", "-br", "link"), StringComparison.Ordinal);
        host.NetctlOk("create", "--name", "chain", "--network", "container:tool");
        Assert.Contains("lan", host.NetctlOk("exec", "chain", "ip", "-br", "link"), StringComparison.Ordinal);
    }

    private static string Inode(TestHost host, string container) =>
        host.NetctlOk("exec", container, "readlink", "/proc/self/ns/net");
}
