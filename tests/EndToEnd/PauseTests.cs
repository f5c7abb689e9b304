using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>pause</c> and <c>unpause</c>, seen in the containers' processes.</summary>
public sealed class PauseTests
{
    [KernelFact]
    public void A_paused_container_says_so_its_processes_are_held_up_and_its_network_stays()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string runs = Path.Combine(host.Root, "runs");
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c", $"while :; do echo x >>{runs}; sleep 0.01; done");
        string id = host.NetctlOk("inspect", "-f", "{{.Id}}", "c");
        string address = host.NetctlOk("inspect", "-f", "{{.NetworkSettings.IPAddress}}", "c");
        int process = int.Parse(host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "c"), System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal("c", host.NetctlOk("pause", "c"));
        Assert.True(IsHeldUp(host, process), host.Shell($"cat /proc/{process}/stat /proc/{process}/cgroup"));
        long length = new FileInfo(runs).Length;
        Assert.Matches(@"^Up .* \(Paused\)$", host.NetctlOk("ps", "--format", "{{.Status}}"));
        Assert.Equal("paused true true", host.NetctlOk("inspect", "-f", "{{.State.Status}} {{.State.Paused}} {{.State.Running}}", "c"));
        host.Shell($"ping -c1 -w10 {address}"); // the kernel answers for it
        AssertRefused(host, $"Container {id} is already paused", "pause", "c");
        AssertRefused(host, "Container c is paused, unpause the container before exec", "exec", "c", "true");
        AssertRefused(host, "cannot start a paused container, try unpause instead", "start", "c");
        AssertRefused(host, "container is paused and must be unpaused first", "rm", "c");
        Assert.Equal(length, new FileInfo(runs).Length);

        Assert.Equal("c", host.NetctlOk("unpause", "c"));
        Assert.False(IsHeldUp(host, process));
        TestHost.Eventually("it goes on", () => new FileInfo(runs).Length > length);
        AssertRefused(host, $"Container {id} is not paused", "unpause", "c");
        host.NetctlOk("stop", "-t", "0", "c");
        AssertRefused(host, $"Container {id} is not running", "pause", "c");
    }

    [KernelFact]
    public void Starting_it_is_refused()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        host.NetctlOk("pause", "c");
        Output refused = host.Netctl("start", "c");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("cannot start a paused container, try unpause instead", refused.StandardError, StringComparison.Ordinal);
        Assert.Contains(" Paused: 1", host.NetctlOk("info"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void It_stays_paused_over_the_death_of_the_daemon_and_what_ends_it_needs_no_unpause()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach (string name in new[] { "asked", "killed", "removed", "kept" })
        {
            // A command that ends when it is asked to says so by its exit code.
            host.NetctlOk("run", "-d", "--name", name, "sh", "-c", "trap 'exit 7' TERM; while :; do sleep 0.01; done");
            host.NetctlOk("pause", name);
        }

        host.KillDaemon();
        host.StartDaemon();
        int kept = int.Parse(host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "kept"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(IsHeldUp(host, kept));
        string[] states = host.NetctlOk("ps", "--format", "{{.Status}}").Split('\n');
        Assert.Equal(4, states.Count(state => state.EndsWith("(Paused)", StringComparison.Ordinal)));

        host.NetctlOk("stop", "-t", "30", "asked");
        Assert.Equal("7", host.NetctlOk("inspect", "-f", "{{.State.ExitCode}}", "asked"));
        host.NetctlOk("kill", "killed");
        Assert.Equal("137", host.NetctlOk("wait", "killed"));
        host.NetctlOk("rm", "-f", "removed");
        Assert.True(IsHeldUp(host, kept));
        host.NetctlOk("unpause", "kept");
        Assert.False(IsHeldUp(host, kept));
        string id = host.NetctlOk("inspect", "-f", "{{.Id}}", "kept");
        Assert.Equal("", host.Shell($"find /sys/fs/cgroup -maxdepth 3 -name 'netctl-{id}' 2>/dev/null || true"));
    }

    // Stopped by a signal, or in a frozen control group.
    private static bool IsHeldUp(TestHost host, int process)
    {
        if (host.Shell($"cat /proc/{process}/stat").Contains(") T ", StringComparison.Ordinal))
        {
            return true;
        }

        string group = host.Shell($"sed -n 's/^0:://p' /proc/{process}/cgroup");
        string mount = host.Shell("findmnt --noheadings --raw --output TARGET --types cgroup2 | head -n1");
        return group.Contains("netctl-", StringComparison.Ordinal)
            && host.Shell($"cat {mount}{group}/cgroup.events").Contains("frozen 1", StringComparison.Ordinal);
    }

    private static void AssertRefused(TestHost host, string words, params string[] arguments)
    {
        Output output = host.Netctl(arguments);
        Assert.NotEqual(0, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
    }
}
