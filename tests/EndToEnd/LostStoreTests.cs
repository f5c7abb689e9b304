using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A store that is damaged, cut, deleted or without its log ends nobody.</summary>
public sealed class LostStoreTests
{
    [KernelFact]
    public void Whatever_becomes_of_the_store_running_containers_are_taken_up_again()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "net1", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net1", "-p", "7000:7000", "python3", "-m", "http.server", "7000");
        host.NetctlOk("create", "--name", "box");
        string before = host.NetctlOk("inspect", "-f", "{{.Id}} {{.State.Pid}} {{.NetworkSettings.Networks}}", "db", "web", "box");
        string database = $"{host.Root}/data/netctl.db";
        foreach ((string harm, bool killed) in new[]
        {
            ($"dd if=/dev/urandom of={database} bs=1 seek=100 count=64 conv=notrunc status=none", false),
            ($"truncate -s 5000 {database}", false),
            ($"truncate -s 0 {database}", true),
            ($"rm {database}-wal", true),
            ($"rm -r {host.Root}/data", true),
        })
        {
            if (killed)
            {
                host.NetctlOk("network", "create", "late");
                host.KillDaemon();
            }
            else
            {
                host.StopDaemon();
            }

            host.Shell(harm);
            host.StartDaemon();
            Assert.True(host.Netctl("doctor").ExitCode == 0, $"{harm}: {host.Netctl("doctor")}\n{host.DaemonLog}");
            Assert.Equal(
                before, host.NetctlOk("inspect", "-f", "{{.Id}} {{.State.Pid}} {{.NetworkSettings.Networks}}", "db", "web", "box"));
            Assert.NotEqual("", host.Dig("web", "db"));
            host.NetctlOk("exec", "db", "true");
            Assert.Equal(
                0, host.Outside("curl", "-sf", "-m", "5", "-o", "/dev/null", $"http://{TestHost.Address}:7000/").ExitCode);
            if (killed)
            {
                host.NetctlOk("network", "rm", "late");
            }
        }
    }

    [KernelFact]
    public void Without_a_copy_of_the_store_what_runs_is_named_and_left_alone_until_a_person_says_what_becomes_of_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string id = host.NetctlOk("run", "-d", "--name", "db", "sleep", "1000");
        string pid = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "db");
        host.StopDaemon();
        host.Shell($"rm -r {host.ExecRoot}/mirror; dd if=/dev/urandom of={host.Root}/data/netctl.db bs=1 seek=100 count=64 conv=notrunc");
        for (int start = 0; start < 2; start++)
        {
            host.StartDaemon();
            Assert.Contains($"1 containers run that the store does not know ({id[..12]})", host.DaemonLog, StringComparison.Ordinal);
            host.Shell($"kill -0 {pid}");
            Assert.Contains("eth0", host.Shell($"nsenter -t {pid} -n ip -o link"), StringComparison.Ordinal);

            // The default network's bridge is ours, whoever it was made for: it is taken over.
            host.NetctlOk("run", "--rm", "ping", "-c", "1", "-W", "2", TestHost.Address);
            host.StopDaemon();
        }

        host.StartDaemon();
        host.Netctl("doctor", "--fix");
        Assert.NotEqual(0, host.Run("kill", "-0", pid).ExitCode);
        Assert.Equal(0, host.Netctl("doctor").ExitCode);
        host.NetctlOk("run", "--rm", "ping", "-c", "1", "-W", "2", TestHost.Address);
    }

    [KernelFact]
    public void A_container_on_a_network_whose_bridge_another_made_is_refused()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip link add netctl0 type bridge");
        host.StartDaemon();
        Output run = host.Netctl("run", "--rm", "true");
        Assert.Equal(125, run.ExitCode);
        Assert.Contains("netctl0", run.StandardError, StringComparison.Ordinal);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }
}
