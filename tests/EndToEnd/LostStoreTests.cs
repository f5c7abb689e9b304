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
    public void What_nothing_is_known_of_is_named_and_works_until_doctor_ends_it_with_iptables() =>
        Unknown("iptables", ["doctor", "--fix"]);

    [KernelFact]
    public void What_nothing_is_known_of_is_named_and_works_until_a_reset_ends_it_with_nftables() =>
        Unknown("nftables", ["system", "reset", "-f"]);

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

    // Store, copy and what the shim keeps are all gone.
    private static void Unknown(string backend, string[] end)
    {
        using TestHost host = TestHost.Create();
        string[] daemon = ["--firewall-backend", backend];
        host.StartDaemon(daemon);
        string id = Serve(host, "db", 7000);
        string pid = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "db");
        host.StopDaemon();
        host.Shell(
            $"""
            rm -r {host.ExecRoot}/mirror {host.ExecRoot}/shims/{id}/container.json
            dd if=/dev/urandom of={host.Root}/data/netctl.db bs=1 seek=100 count=64 conv=notrunc
            """);
        for (int start = 0; start < 2; start++)
        {
            host.StartDaemon(daemon);
            host.LogSays($"1 containers run that the store does not know ({id[..12]})");
            Output doctor = host.Netctl("doctor");
            Assert.Contains($"container {id[..12]} runs and is not in the store", doctor.StandardOutput, StringComparison.Ordinal);
            Assert.DoesNotContain("missing", doctor.StandardOutput, StringComparison.Ordinal);
            Answers(host, 7000);

            // The default network's bridge is ours, whoever it was made for: it is taken over, with another subnet.
            host.NetctlOk("run", "--rm", "ping", "-c", "1", "-w", "10", TestHost.Address);
            Serve(host, $"new{start}", 7001 + start);
            host.Shell("iptables -t filter -N OTHER");
            host.Shell("iptables -t filter -X OTHER");
            Answers(host, 7001 + start);
            Answers(host, 7000);
            Assert.Contains("eth0", host.Shell($"nsenter -t {pid} -n ip -o link"), StringComparison.Ordinal);
            host.StopDaemon();
        }

        host.StartDaemon(daemon);
        host.Netctl(end);
        Assert.NotEqual(0, host.Run("kill", "-0", pid).ExitCode);
        Output after = host.Netctl("doctor");
        Assert.True(after.ExitCode == 0, $"{after}\n{host.DaemonLog}");
        host.NetctlOk("run", "--rm", "ping", "-c", "1", "-w", "10", TestHost.Address);
    }

    private static string Serve(TestHost host, string name, int port) =>
        host.NetctlOk("run", "-d", "--name", name, "-p", $"{port}:80", "python3", "-m", "http.server", "80");

    private static void Answers(TestHost host, int port) => TestHost.Eventually(
        $"port {port} answers",
        () => host.Outside("curl", "-sf", "-m", "2", "-o", "/dev/null", $"http://{TestHost.Address}:{port}/").ExitCode == 0);
}
