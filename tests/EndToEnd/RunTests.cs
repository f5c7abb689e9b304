using System.Diagnostics;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary><c>run</c> and <c>exec</c>: what the command sees, and what its caller does.</summary>
public sealed class RunTests
{
    [KernelFact]
    public void A_command_sees_its_own_names_files_and_interfaces()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();

        string seen = host.NetctlOk("run", "--rm", "-h", "alpha", "-e", "COLOUR=red", "sh", "-c",
            "hostname; cat /etc/hostname; ls /sys/class/net; echo $COLOUR; grep alpha /etc/hosts; pwd");

        string[] lines = seen.Split('\n');
        Assert.Equal(["alpha", "alpha", "eth0", "lo", "red"], lines[..5]);
        Assert.EndsWith("\talpha", lines[5], StringComparison.Ordinal);
        Assert.Equal("/", lines[6]);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void The_commands_exit_code_is_run_s_own_and_125_126_127_are_netctl_s()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        File.WriteAllText(Path.Combine(host.Root, "plain"), "no program");

        Assert.Equal(42, host.Netctl("run", "--rm", "sh", "-c", "exit 42").ExitCode);
        Assert.Equal(143, host.Netctl("run", "--rm", "sh", "-c", "kill -TERM $$").ExitCode);
        Assert.Equal(125, host.Netctl("run", "--rm", "--network", "nowhere", "true").ExitCode);
        Assert.Equal(126, host.Netctl("run", "--rm", Path.Combine(host.Root, "plain")).ExitCode);
        Assert.Equal(127, host.Netctl("run", "--rm", "no-such-program").ExitCode);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        host.NetctlOk("run", "-d", "--name", "c", "sleep", "1000");
        Assert.Equal(3, host.Netctl("exec", "c", "sh", "-c", "exit 3").ExitCode);
        Assert.Equal(127, host.Netctl("exec", "c", "no-such-program").ExitCode);
    }

    [KernelFact]
    public void Output_that_is_read_slowly_comes_whole_and_with_the_exit_code_also_of_a_container_that_is_removed_at_its_end()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();

        string seen = host.Shell(
            "{ code=0; \"$NETCTL\" run --rm sh -c 'seq 1 2000000; exit 4' || code=$?; echo \"code $code\"; } | { sleep 1; tail -n 2; }");

        Assert.Equal("2000000\ncode 4", seen);
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void Streams_are_kept_apart_input_is_passed_and_options_end_at_the_command()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();

        Output apart = host.Netctl("run", "--rm", "sh", "-c", "echo out; echo err >&2");
        Assert.Equal("out\n", apart.StandardOutput);
        Assert.Equal("err\n", apart.StandardError);
        Assert.Equal("3", host.Shell("printf 'a\\nb\\nc\\n' | \"$NETCTL\" run --rm -i wc -l").Trim());
        Assert.Equal("-d --rm @x -h", host.NetctlOk("run", "--rm", "echo", "-d", "--rm", "@x", "-h"));
        Assert.Equal("--name", host.NetctlOk("run", "--rm", "--", "echo", "--name"));
    }

    [KernelFact]
    public void A_terminal_has_a_size_and_is_the_commands_own()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();

        string seen = host.Shell("script -qec 'stty rows 33 cols 77; \"$NETCTL\" run --rm -it sh -c \"tty; stty size; test -t 0 && echo " +
            "terminal\"' /dev/null </dev/null");

        Assert.Contains("/dev/pts/", seen, StringComparison.Ordinal);
        Assert.Contains("33 77", seen, StringComparison.Ordinal);
        Assert.Contains("terminal", seen, StringComparison.Ordinal);
    }

    [KernelFact]
    public void Stop_ends_everything_that_the_command_left_running()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string mark = Path.Combine(host.Root, "left-running");
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c", $"setsid sh -c 'sleep 1000; : {mark}' & sleep 1000; : {mark}");
        TestHost.Eventually(
            "both run",
            () =>
                host.Processes()
                    .Count(id => ProcessFile.Read(id, "cmdline").Contains("left-running", StringComparison.Ordinal)) >= 2);

        host.NetctlOk("stop", "-t", "1", "c");

        Assert.DoesNotContain(
            host.Processes(), id => ProcessFile.Read(id, "cmdline").Contains("left-running", StringComparison.Ordinal));
        Assert.Contains("Exited", host.NetctlOk("ps", "-a"), StringComparison.Ordinal);
        Assert.Equal("", host.Shell("ip -br link show type veth | grep -v ^lan || true"));
    }

    [KernelFact]
    public void Signals_of_the_terminal_reach_the_command()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        using Process run = host.Start(
            "sh", "-c", "exec \"$NETCTL\" run --name c sh -c 'trap \"echo caught; exit 5\" INT; echo ready; while :; do sleep 0.05; done'");
        Assert.Equal("ready", run.StandardOutput.ReadLine());

        using (Process kill = Process.Start("kill", ["-INT", $"{run.Id}"]))
        {
            kill.WaitForExit();
        }

        Assert.Equal("caught", run.StandardOutput.ReadLine());
        Assert.True(run.WaitForExit(10_000));
        Assert.Equal(5, run.ExitCode);
    }

    [KernelFact]
    public void A_created_container_waits_and_can_be_looked_into_and_host_and_none_are_what_they_say()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "n");

        host.NetctlOk("create", "--name", "lab", "--network", "n");
        Assert.Contains("eth0", host.NetctlOk("exec", "lab", "ls", "/sys/class/net"), StringComparison.Ordinal);
        Assert.Contains("eth0", host.Shell("ip netns exec lab ip -br link"), StringComparison.Ordinal);
        Assert.Equal("lo", host.NetctlOk("run", "--rm", "--network", "none", "ls", "/sys/class/net"));
        Assert.Contains("lan", host.NetctlOk("run", "--rm", "--network", "host", "ip", "-br", "link"), StringComparison.Ordinal);
        host.NetctlOk("rm", "lab");
        Assert.DoesNotContain("lab", host.Shell("ls /run/netns"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void After_a_reset_the_same_daemon_works_on_as_a_new_one_would()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "c", "-p", "8080:80", "sleep", "1000");

        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("", host.Shell("ip -br link show type bridge; iptables-save | grep -i netctl || true"));
        Assert.Equal(["bridge", "host", "none"], host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));
        Assert.Equal("bridge", host.NetctlOk("network", "inspect", "-f", "{{.Name}}", "bridge"));
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
        Assert.Equal("", host.Shell("ip -br link show type bridge; iptables-save | grep -i netctl || true"));

        Assert.Contains("eth0", host.NetctlOk("run", "--rm", "ls", "/sys/class/net"), StringComparison.Ordinal);
        Assert.Equal(["bridge", "host", "none"], host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n'));
        Assert.Contains("netctl0", host.Shell("ip -br link show type bridge; iptables-save"), StringComparison.Ordinal);
    }
}
