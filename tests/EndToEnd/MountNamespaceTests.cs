using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The network of a running container is the one that its processes are in, whatever becomes of the mounts that name it.</summary>
public sealed class MountNamespaceTests
{
    [KernelFact]
    public void A_daemon_in_another_mount_namespace_leaves_running_containers_their_network()
    {
        using TestHost host = TestHost.Create();
        Prepare(host);
        string links = Links(host, "app");
        string inode = Inode(host, "app");
        for (int round = 0; round < 4; round++)
        {
            if (round % 2 == 0)
            {
                host.KillDaemon();
            }
            else
            {
                host.StopDaemon();
            }

            host.StartDaemon();
            AssertWhole(host, links, inode);
        }
    }

    [KernelFact]
    public void Ip_in_a_container_meets_no_name_of_a_namespace_that_it_cannot_open()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string[] names = ["first", "second", "third"];
        foreach (string name in names)
        {
            host.NetctlOk("run", "-d", "--name", name, "sleep", "1000");
        }

        Assert.Equal(names, host.Shell("ls /run/netns").Split('\n').Except(["outside"]).Order());
        foreach (string name in names)
        {
            Output address = host.Netctl("exec", name, "ip", "address");
            Assert.Equal((0, ""), (address.ExitCode, address.StandardError));
            Assert.Contains("eth0", address.StandardOutput, StringComparison.Ordinal);
        }

        Assert.Equal("", host.Shell($"for name in {string.Join(' ', names)}; do ip -n $name address 2>&1 >/dev/null; done"));
    }

    [KernelFact]
    public void Names_lead_to_the_namespaces_from_the_host_and_from_containers_also_when_the_daemon_is_in_another_mount_namespace()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "old", "sleep", "1000");
        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "new", "sleep", "1000");
        host.NetctlOk("stop", "-t", "0", "old");
        host.NetctlOk("start", "old");
        foreach (string name in (string[])["old", "new"])
        {
            string inode = host.NetctlOk("exec", name, "readlink", "/proc/self/ns/net");
            Assert.Equal(inode, host.Shell($"ip netns exec {name} readlink /proc/self/ns/net"));
            Assert.Equal(inode, host.NetctlOk("exec", "old", "ip", "netns", "exec", name, "readlink", "/proc/self/ns/net"));
        }

        Assert.Equal("", host.Shell("ip netns list 2>&1 >/dev/null; ip -br link 2>&1 >/dev/null"));
        host.NetctlOk("rm", "-f", "old", "new");
        Assert.Equal("outside", host.Shell("ls /run/netns"));
    }

    [KernelFact]
    public void A_namespace_file_that_somebody_takes_away_is_bound_again_to_the_namespace_of_the_command()
    {
        using TestHost host = TestHost.Create();
        Prepare(host);
        string links = Links(host, "app");
        string inode = Inode(host, "app");
        string id = host.NetctlOk("inspect", "-f", "{{.Id}}", "app");
        string file = $"{host.ExecRoot}/netns/{id}";
        foreach ((string harm, string words) in ((string, string)[])
        [
            ("ip netns delete app", "namespace-name:app"),
            ($"umount {file}", "not bound"),
            ($"umount {file}; rm {file}", "not bound"),
            ($"umount {host.ExecRoot}/netns/*; rm -r {host.ExecRoot}/netns", "not bound"),
        ])
        {
            host.Shell(harm);
            Output doctor = host.Netctl("doctor");
            Assert.Equal(1, doctor.ExitCode);
            Assert.Contains(words, doctor.StandardOutput + doctor.StandardError, StringComparison.Ordinal);
            host.Netctl("doctor", "--fix");
            AssertWhole(host, links, inode);
        }
    }

    [KernelFact]
    public void What_a_container_without_a_command_has_outlives_the_daemon_in_another_mount_namespace()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("create", "--name", "box", "--network", "net1", "-p", "7000:7000");
        host.NetctlOk("exec", "box", "ip", "link", "add", "mine", "type", "bridge");
        string links = Links(host, "box");
        Assert.Contains("mine", links, StringComparison.Ordinal);
        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal(links, Links(host, "box"));
        host.DoctorIsContentAtOnce();
        host.NetctlOk("exec", "-d", "box", "sh", "-c", "echo hello | nc -l -N -p 7000");
        TestHost.Eventually(
            "the published port is served",
            () => host.Outside("nc", "-w", "2", TestHost.Address, "7000").StandardOutput == "hello\n");
    }

    private static void Prepare(TestHost host)
    {
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "net1", "sleep", "1000");
        host.NetctlOk(
            "run", "-d", "--name", "app", "--network", "net1", "-p", "7000:7000", "python3", "-m", "http.server", "7000");
    }

    private static void AssertWhole(TestHost host, string links, string inode)
    {
        Output doctor = host.Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"{doctor}\n{host.DaemonLog}");
        Assert.Equal(inode, Inode(host, "app"));
        Assert.Equal(links, Links(host, "app"));
        Assert.NotEqual("", host.Dig("app", "db"));
        TestHost.Eventually(
            "the published port is served",
            () => host.Outside("curl", "-sf", "-m", "2", "-o", "/dev/null", $"http://{TestHost.Address}:7000/").ExitCode == 0);
        host.NetctlOk("run", "--rm", "--network", "net1", "ping", "-c", "1", "-w", "10", "db");
    }

    /// <summary>The links as the command's own namespace has them.</summary>
    private static string Links(TestHost host, string container) => host.Shell(
        $"nsenter -t {Pid(host, container)} -n ip -j address | jq -c '[.[] | {{ifname, ifindex, a: [.addr_info[].local]}}]'");

    private static string Inode(TestHost host, string container) =>
        File.ResolveLinkTarget($"/proc/{Pid(host, container)}/ns/net", returnFinalTarget: false)!.Name;

    private static int Pid(TestHost host, string container) =>
        int.Parse(host.NetctlOk("inspect", "-f", "{{.State.Pid}}", container), CultureInfo.InvariantCulture);
}
