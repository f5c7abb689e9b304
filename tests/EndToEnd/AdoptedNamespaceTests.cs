using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Sandboxes whose network namespace another program made (<c>create --netns</c>, <c>create --pid</c>).</summary>
public sealed class AdoptedNamespaceTests
{
    private const string Seen =
        "ip -n lab -br link; ip -n lab -br address; ip -n lab route; ip -n lab -6 route; ip netns exec lab nft list ruleset";

    [KernelFact]
    public void Named_namespace_joins_networks_and_is_left_as_it_was()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("network", "create", "back");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "python3", "-m", "http.server", "80");
        host.Shell(
            "ip netns add lab; ip -n lab link add own type bridge; ip -n lab address add 10.9.0.1/24 dev own; ip -n lab link set own up");
        string before = host.Shell(Seen);
        host.NetctlOk("create", "--netns", "/run/netns/lab", "--name", "box", "--network", "front", "-p", "8080:80");
        Assert.Equal(
            host.Shell("ip netns exec lab readlink /proc/self/ns/net"), host.NetctlOk("exec", "box", "readlink", "/proc/self/ns/net"));
        TestHost.Eventually("web answers to its name", () => host.Netctl("exec", "box", "nc", "-z", "web", "80").ExitCode == 0);
        string links = host.Shell("ip -n lab -br link");
        Assert.Contains("eth0@", links, StringComparison.Ordinal);
        Assert.Contains("own", links, StringComparison.Ordinal);
        Assert.Contains("default via 172.", host.Shell("ip -n lab route"), StringComparison.Ordinal);
        host.NetctlOk("network", "connect", "back", "box");
        Assert.Contains("eth1@", host.Shell("ip -n lab -br link"), StringComparison.Ordinal);
        using Process server = host.Start("ip", "netns", "exec", "lab", "sh", "-c", "echo hello | nc -l -N -p 80");
        TestHost.Eventually(
            "the published port leads there", () => host.Outside("nc", "-w", "2", TestHost.Address, "8080").StandardOutput == "hello\n");
        server.WaitForExit();
        host.DoctorIsContentAtOnce();

        host.NetctlOk("stop", "-t", "0", "box");
        Assert.DoesNotContain("eth0@", host.Shell("ip -n lab -br link"), StringComparison.Ordinal);
        host.NetctlOk("start", "box");
        Assert.Contains("eth0@", host.Shell("ip -n lab -br link"), StringComparison.Ordinal);

        host.KillDaemon();
        host.StartDaemon();
        host.DoctorIsContentAtOnce();
        host.NetctlOk("exec", "box", "nc", "-z", "web", "80");
        host.NetctlOk("network", "disconnect", "back", "box");
        Assert.DoesNotContain("eth1@", host.Shell("ip -n lab -br link"), StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "box");
        Assert.Equal(before, host.Shell(Seen));
    }

    [KernelFact]
    public void Interfaces_that_the_namespace_has_are_passed_over()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("network", "create", "back");
        host.Shell("ip netns add lab; ip -n lab link add eth0 type bridge; ip -n lab link add eth2 type bridge");
        host.NetctlOk("create", "--netns", "/run/netns/lab", "--name", "box", "--network", "front");
        host.NetctlOk("network", "connect", "back", "box");
        string links = host.Shell("ip -n lab -br link");
        Assert.Contains("eth1@", links, StringComparison.Ordinal);
        Assert.Contains("eth3@", links, StringComparison.Ordinal);
        host.NetctlOk("doctor");
        host.NetctlOk("rm", "-f", "box");
        Assert.DoesNotContain("@", host.Shell("ip -n lab -br link"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void Its_own_default_routes_stay_while_the_gateway_moves()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "front");
        host.NetctlOk("network", "create", "--ipv6", "back");
        host.Shell(
            """
            ip netns add lab
            ip -n lab link add own type bridge
            ip -n lab link set own addrgenmode none
            ip -n lab address add 10.9.0.2/24 dev own
            ip -n lab address add fd09::2/64 dev own nodad
            ip -n lab link set own up
            ip -n lab route add default via 10.9.0.1
            ip -n lab -6 route add default via fd09::1
            """);
        string before = Defaults(host);
        host.NetctlOk("create", "--netns", "/run/netns/lab", "--name", "box", "--network", "front");
        Assert.Equal(before, Defaults(host));
        host.NetctlOk("network", "connect", "--gw-priority", "5", "back", "box");
        Assert.Equal(before, Defaults(host));
        host.NetctlOk("network", "disconnect", "back", "box");
        Assert.Equal(before, Defaults(host));
        host.NetctlOk("rm", "-f", "box");
        Assert.Equal(before, Defaults(host));
    }

    [KernelFact]
    public void Removing_it_needs_force_while_others_use_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("create", "--name", "box", "--network", "front");
        host.NetctlOk("run", "-d", "--name", "guest", "--network", "container:box", "sleep", "1000");
        Assert.Contains("container guest uses its network", host.Netctl("rm", "box").StandardError, StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "guest");
        host.NetctlOk("exec", "-d", "box", "sleep", "1000");
        Assert.Contains("commands run in it", host.Netctl("rm", "box").StandardError, StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "box");
        host.NetctlOk("create", "--name", "box", "--network", "front");
        host.NetctlOk("rm", "box");
    }

    private static string Defaults(TestHost host) => host.Shell("ip -n lab route show default; ip -n lab -6 route show default");

    [KernelFact]
    public void Namespace_of_a_process_keeps_its_own_default_route_and_files()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        using Process other = host.Start(
            "unshare",
            "--net",
            "sh",
            "-c",
            "ip link set lo up; ip link add up0 type bridge; ip address add 10.9.0.2/24 dev up0; ip link set up0 up; "
                + "ip route add default via 10.9.0.1; echo ready; exec sleep 1000");
        Assert.Equal("ready", other.StandardOutput.ReadLine());
        string id = $"{other.Id}";
        host.NetctlOk("create", "--pid", id, "--name", "box", "--network", "front");
        string routes = host.Shell($"nsenter --net=/proc/{id}/ns/net ip route");
        Assert.Contains("default via 10.9.0.1 dev up0", routes, StringComparison.Ordinal);
        Assert.DoesNotContain("default via 172.", routes, StringComparison.Ordinal);
        Assert.Contains("172.", routes, StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
        host.NetctlOk("rm", "-f", "box");
        Assert.DoesNotContain("172.", host.Shell($"nsenter --net=/proc/{id}/ns/net ip route"), StringComparison.Ordinal);

        host.NetctlOk("create", "--pid", id, "--name", "box", "--network", "front");
        host.NetctlOk("stop", "-t", "0", "box");
        other.Kill();
        other.WaitForExit();
        Output start = host.Netctl("start", "box");
        Assert.Equal(1, start.ExitCode);
        Assert.Contains("has ended", start.StandardError, StringComparison.Ordinal);
        host.NetctlOk("rm", "box");
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void What_is_no_namespace_to_adopt_is_refused_and_nothing_is_left()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        string id = host.NetctlOk("inspect", "-f", "{{.Id}}", "web");
        string pid = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");
        string before = KernelState.Of(host);
        foreach ((string[] flags, string words) in ((string[], string)[])
        [
            (["--netns", $"/proc/{host.HolderId}/ns/net"], "is the host's own network namespace"),
            (["--pid", $"{host.HolderId}"], "is the host's own network namespace"),
            (["--netns", $"/proc/{host.HolderId}/ns/mnt"], "is not a network namespace"),
            (["--netns", "/etc/hosts"], "is not a network namespace"),
            (["--netns", "/run/netns/nosuch"], "does not exist"),
            (["--netns", $"{host.ExecRoot}/netns/{id}"], "is the network namespace of another container"),
            (["--pid", pid], "is the network namespace of another container"),
            (["--pid", "99999999"], "there is no process 99999999"),
            (["--pid", "x"], "invalid argument"),
            (["--pid", $"{host.HolderId}", "--netns", "/run/netns/outside"], "give one"),
            (["--netns", "/run/netns/outside", "--network", "host"], "conflicting options"),
            (["--netns", "/run/netns/outside", "--network", "container:web"], "conflicting options"),
        ])
        {
            Output refused = host.Netctl(["create", .. flags, "--name", "box"]);
            Assert.Equal(words == "invalid argument" ? 125 : 1, refused.ExitCode); // a wrong flag, or a refusal by the daemon
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }

        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal("web", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
        host.DoctorIsContentAtOnce();
    }
}
