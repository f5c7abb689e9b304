using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>--restart</c>, over the death of the daemon too.</summary>
public sealed class RestartPolicyTests
{
    [KernelFact]
    public void A_command_that_fails_is_run_as_often_as_asked_each_time_with_its_network()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string runs = Path.Combine(host.Root, "runs");
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--restart", "on-failure:3", "--name", "c", "--network", "net1", "sh", "-c",
            $"ip -br addr show eth0 >>{runs}; exit 6");

        TestHost.Eventually("it has given up", () =>
            host.NetctlOk("inspect", "--format", "{{.State.Status}} {{.RestartCount}}", "c") == "exited 3");
        Assert.Equal(4, File.ReadAllLines(runs).Length);
        Assert.All(File.ReadAllLines(runs), line => Assert.Contains(" UP ", line, StringComparison.Ordinal));
        Assert.Equal("6", host.NetctlOk("wait", "c"));
        Assert.Equal("on-failure 3", host.NetctlOk(
            "inspect", "--format", "{{.HostConfig.RestartPolicy.Name}} {{.HostConfig.RestartPolicy.MaximumRetryCount}}", "c"));
    }

    [KernelFact]
    public void A_container_that_waits_for_its_restart_says_so_and_a_stop_ends_the_waiting()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--restart", "always", "--name", "c", "sh", "-c", "exit 6");
        TestHost.Eventually("it waits", () =>
            host.NetctlOk("ps", "--format", "{{.Status}}") is var status
            && status.StartsWith("Restarting (6) ", StringComparison.Ordinal) && status.EndsWith(" ago", StringComparison.Ordinal));
        TestHost.Eventually("it has to wait long enough for what follows", () =>
            int.Parse(host.NetctlOk("inspect", "--format", "{{.RestartCount}}", "c"), CultureInfo.InvariantCulture) >= 6
            && host.NetctlOk("inspect", "--format", "{{.State.Restarting}} {{.State.Running}}", "c") == "true true");

        AssertRefused(host, "container is restarting: stop the container before removing or force remove", "rm", "c");
        AssertRefused(host, "is restarting, wait until the container is running", "exec", "c", "true");
        host.NetctlOk("stop", "c");
        Assert.Equal("exited", host.NetctlOk("inspect", "--format", "{{.State.Status}}", "c"));
        host.NetctlOk("rm", "c");
    }

    [KernelFact]
    public void What_was_stopped_or_killed_by_hand_stays_down_and_what_dies_comes_back()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach (string name in new[] { "stopped", "killed", "dies" })
        {
            host.NetctlOk("run", "-d", "--restart", "unless-stopped", "--name", name, "sleep", "1000");
        }

        host.NetctlOk("stop", "-t", "0", "stopped");
        host.NetctlOk("kill", "killed");
        string pid = Pid(host, "dies");
        host.Shell($"kill -9 {pid}");
        TestHost.Eventually("it runs again", () => Pid(host, "dies") is var now && now != "0" && now != pid);
        Assert.True(Directory.Exists($"/proc/{Pid(host, "dies")}"));
        TestHost.Eventually("the others have ended", () =>
            host.NetctlOk("ps", "-a", "--format", "{{.Status}}").Split('\n')
                .Count(line => line.StartsWith("Exited", StringComparison.Ordinal)) == 2);

        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal("dies", host.NetctlOk("ps", "--format", "{{.Names}}"));
    }

    [KernelFact]
    public void A_command_that_ended_while_no_daemon_ran_is_run_again_by_the_next_with_its_ports()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--restart", "unless-stopped", "--name", "web", "-p", "8080:80", "python3", "-m", "http.server", "80");
        host.NetctlOk("run", "-d", "--restart", "on-failure", "--name", "job", "sh", "-c", "sleep 0.5; exit 0");
        host.NetctlOk("run", "-d", "--restart", "always", "--name", "hand", "sleep", "1000");
        host.NetctlOk("stop", "-t", "0", "hand");
        string pid = Pid(host, "web");
        host.KillDaemon();
        host.Shell($"kill -9 {pid}");
        TestHost.Eventually("no command runs", () => host.Shims() == 0);

        host.StartDaemon();

        TestHost.Eventually("the port is served again", () =>
            host.Outside("curl", "-s", "-o", "/dev/null", $"http://{TestHost.Address}:8080/").ExitCode == 0);
        TestHost.Eventually("the policy always starts what was stopped by hand", () => Pid(host, "hand") != "0");
        Assert.Equal("exited", host.NetctlOk("inspect", "--format", "{{.State.Status}}", "job"));
        Assert.Equal(2, host.Shims());
    }

    [KernelFact]
    public void A_policy_is_changed_by_update_and_wrong_ones_are_refused()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        host.NetctlOk("run", "-d", "--rm", "--name", "gone", "sleep", "1000");
        Assert.Equal("c", host.NetctlOk("update", "--restart", "always", "c"));
        string pid = Pid(host, "c");
        host.Shell($"kill -9 {pid}");
        TestHost.Eventually("it runs again", () => Pid(host, "c") is var now && now != "0" && now != pid);
        host.NetctlOk("update", "--restart", "no", "c");
        Assert.Equal("no", host.NetctlOk("inspect", "--format", "{{.HostConfig.RestartPolicy.Name}}", "c"));

        AssertRefused(host, "Restart policy cannot be updated because AutoRemove is enabled for the container",
            "update", "--restart", "always", "gone");
        AssertRefused(host, "you must provide one or more flags when using this command", "update", "c");
        foreach ((string policy, string words) in new[]
        {
            (
                "sometimes",
                "invalid restart policy: unknown policy 'sometimes'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"),
            ("always:3", "invalid restart policy: maximum retry count can only be used with 'on-failure'"),
            ("on-failure:-1", "invalid restart policy: maximum retry count cannot be negative"),
            ("on-failure:x", "invalid restart policy format: maximum retry count must be an integer"),
            (":3", "invalid restart policy format: no policy provided before colon"),
        })
        {
            Output refused = host.Netctl("run", "--restart", policy, "true");
            Assert.Equal(125, refused.ExitCode);
            Assert.Contains(words, refused.StandardError, StringComparison.Ordinal);
        }

        Output both = host.Netctl("run", "--rm", "--restart", "always", "true");
        Assert.Equal(125, both.ExitCode);
        Assert.Contains("conflicting options: cannot specify both --restart and --rm", both.StandardError, StringComparison.Ordinal);
        Assert.Equal(2, host.NetctlOk("ps", "-aq").Split('\n').Length);
    }

    private static string Pid(TestHost host, string container) => host.NetctlOk("inspect", "--format", "{{.State.Pid}}", container);

    private static void AssertRefused(TestHost host, string words, params string[] arguments)
    {
        Output output = host.Netctl(arguments);
        Assert.Equal(1, output.ExitCode);
        Assert.Contains(words, output.StandardError, StringComparison.Ordinal);
    }
}
