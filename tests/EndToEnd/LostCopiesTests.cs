using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A daemon whose store and the copy of it are both lost, while containers run.</summary>
public sealed class LostCopiesTests
{
    [KernelFact]
    public void What_runs_is_taken_up_again_from_what_the_shims_keep_with_iptables() => TakenUp("iptables");

    [KernelFact]
    public void What_runs_is_taken_up_again_from_what_the_shims_keep_with_nftables() => TakenUp("nftables");

    [KernelFact]
    public void A_network_that_nothing_ran_on_is_named_and_the_default_network_is_whole_with_iptables() => Named("iptables");

    [KernelFact]
    public void A_network_that_nothing_ran_on_is_named_and_the_default_network_is_whole_with_nftables() => Named("nftables");

    private static void TakenUp(string backend)
    {
        using TestHost host = TestHost.Create();
        string untouched = KernelState.Of(host);
        string[] daemon = ["--firewall-backend", backend];
        host.StartDaemon(daemon);
        host.NetctlOk("network", "create", "net1");
        Serve(host, "web", "bridge", 7000);
        Serve(host, "app", "net1", 7001);
        host.NetctlOk("run", "-d", "--name", "db", "--network", "net1", "-e", "A=b", "sleep", "1000");
        Assert.NotEqual("", host.Dig("app", "db"));
        int count = 3;
        foreach (string loss in (string[])["damaged", "deleted"])
        {
            string before = Containers(host);
            string rules = Rules(host, backend);
            host.KillDaemon();
            Lose(host, loss);

            host.StartDaemon(daemon);

            Answers(host, 7000);
            Answers(host, 7001);
            Assert.Equal(before, Containers(host));
            Assert.Equal(rules, Rules(host, backend));
            Output doctor = host.Netctl("doctor");
            Assert.True(doctor.ExitCode == 0, $"{loss}: {doctor}\n{host.DaemonLog}");
            Assert.NotEqual("", host.Dig("app", "db"));
            host.NetctlOk("exec", "app", "ping", "-c", "1", "-w", "10", "db");
            host.LogSays($"{count} containers are taken up again from what their shims keep");

            // All is known again, so work goes on as ever, and the next start has nothing to say.
            Serve(host, loss, "bridge", 7000 + ++count);
            Answers(host, 7000);
            Answers(host, 7001);
            Answers(host, 7000 + count);
            string with = Containers(host);
            host.KillDaemon();
            host.StartDaemon(daemon);
            Assert.Equal(with, Containers(host));
            host.DoctorIsContentAtOnce();
        }

        host.NetctlOk("rm", "-f", "damaged");
        Answers(host, 7000);
        host.NetctlOk("doctor", "--fix");
        Answers(host, 7001);
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(untouched, KernelState.Of(host));
        Assert.Equal(0, host.Shims());
    }

    private static void Named(string backend)
    {
        using TestHost host = TestHost.Create();
        string[] daemon = ["--firewall-backend", backend];
        host.StartDaemon(daemon);
        string untouched = KernelState.Of(host);
        string bridge = $"br-{host.NetctlOk("network", "create", "net1")[..12]}";
        host.KillDaemon();
        Lose(host, "damaged");

        host.StartDaemon(daemon);

        Output doctor = host.Netctl("doctor");
        Assert.Contains(bridge, doctor.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("missing", doctor.StandardOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("different", doctor.StandardOutput, StringComparison.Ordinal);
        host.LogSays(bridge);
        Serve(host, "web", "bridge", 7000);
        Answers(host, 7000);
        host.Shell($"ip link show {bridge}");
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("doctor", "--fix");
        host.DoctorIsContentAtOnce();

        // The bridge without ports loses its carrier in the background.
        TestHost.Eventually(
            "netctl0 is down", () => host.Shell("ip -br link show netctl0").Contains("DOWN", StringComparison.Ordinal));
        Assert.Equal(untouched, KernelState.Of(host));
    }

    private static void Serve(TestHost host, string name, string network, int port) => host.NetctlOk(
        "run", "-d", "--name", name, "--network", network, "-p", $"{port}:80", "python3", "-m", "http.server", "80");

    private static void Lose(TestHost host, string loss)
    {
        string store = $"{host.Root}/data/netctl.db";
        string copy = $"{host.ExecRoot}/mirror";
        host.Shell(loss == "deleted"
            ? $"rm -r {host.Root}/data {copy}"
            : $"for file in {store} {copy}/copy.db; do rm -f $file-wal $file-shm; truncate -s 5000 $file; done");
    }

    private static void Answers(TestHost host, int port) => TestHost.Eventually(
        $"port {port} answers",
        () => host.Outside("curl", "-sf", "-m", "2", "-o", "/dev/null", $"http://{TestHost.Address}:{port}/").ExitCode == 0);

    private static string Containers(TestHost host)
    {
        string[] names = host.NetctlOk("ps", "-q").Split('\n');
        string pids = host.NetctlOk(["inspect", "-f", "{{.State.Pid}}", .. names]).ReplaceLineEndings(" ");
        host.Shell($"kill -0 {pids}");
        const string State = "{{.Id}} {{.Name}} {{.State.Pid}} {{.State.StartedAt}} {{.Config}}";
        const string Network = "{{.NetworkSettings.Networks}} {{.NetworkSettings.Ports}}";
        return host.NetctlOk(["inspect", "-f", $"{State} {Network}", .. names]);
    }

    // Without counters and handles.
    private static string Rules(TestHost host, string backend) => host.Shell(backend == "nftables"
        ? "nft -s list ruleset | sort"
        : "for f in iptables ip6tables; do $f-save | grep -v '^#' | sed 's/\\[[0-9:]*\\]//' | sort; done");
}
