using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The disk of the data root or of the exec root is full or read-only.</summary>
public sealed class FullDiskTests
{
    [KernelFact]
    public void A_container_that_ends_while_the_disk_is_full_has_ended_once_there_is_room_again()
    {
        using TestHost host = WithOwnDisk();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "early", "sh", "-c", $"while [ ! -e {host.Root}/go ]; do sleep 0.05; done; exit 3");
        host.NetctlOk("run", "-d", "--name", "late", "sleep", "1000");
        Fill(host);
        File.WriteAllText(Path.Combine(host.Root, "go"), "");
        TestHost.Eventually("the end is noticed", () => host.DaemonLog.Contains("the end of container", StringComparison.Ordinal));

        string full = $"the store {host.Root}/data/netctl.db cannot be written: the disk that holds {host.Root}/data is full; free some "
            + "space there, then try again\n";
        Assert.Equal($"Error response from daemon: {full}", host.Netctl("wait", "early").StandardError);
        Assert.Equal($"Error response from daemon: {full}", host.Netctl("stop", "early").StandardError);
        Assert.Equal($"Error response from daemon: {full}", host.Netctl("network", "create", "front").StandardError);
        Assert.DoesNotContain("nobody expected", host.DaemonLog, StringComparison.Ordinal);

        Free(host);
        Assert.Equal("3", host.NetctlOk("wait", "early"));
        Assert.Contains("Exited (3)", host.NetctlOk("ps", "-a"), StringComparison.Ordinal);
        host.NetctlOk("rm", "-f", "late", "early");
        host.NetctlOk("network", "create", "front");
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    [KernelFact]
    public void A_container_that_ended_while_the_disk_was_full_needs_nobody_to_ask_for_it()
    {
        using TestHost host = WithOwnDisk();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sh", "-c", $"while [ ! -e {host.Root}/go ]; do sleep 0.05; done; exit 3");
        Fill(host);
        File.WriteAllText(Path.Combine(host.Root, "go"), "");
        TestHost.Eventually("the end is noticed", () => host.DaemonLog.Contains("the end of container", StringComparison.Ordinal));
        Free(host);
        TestHost.Eventually("it is told as ended", () => host.NetctlOk("ps", "-a").Contains("Exited (3)", StringComparison.Ordinal));
    }

    [KernelFact]
    public void Nothing_is_ended_as_long_as_its_end_cannot_be_stored()
    {
        using TestHost host = WithOwnDisk();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "-p", "8080:80", "sleep", "1000");
        host.NetctlOk("create", "--name", "bare");
        string before = KernelState.Of(host);
        string process = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "web");
        Fill(host);
        foreach (string[] command in (string[][])
            [["rm", "-f", "web"], ["stop", "web"], ["stop", "bare"], ["rm", "-f", "bare"], ["system", "reset", "-f"]])
        {
            Output refused = host.Netctl(command);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains(
                $"the disk that holds {host.Root}/data is full; free some space", refused.StandardError, StringComparison.Ordinal);
            Assert.Equal(2, host.Shims());
            Assert.Equal("sleep", host.Shell($"cat /proc/{process}/comm"));
        }

        Assert.Equal(before, KernelState.Of(host));
        Assert.Equal(["bare", "web"], host.NetctlOk("ps", "--format", "{{.Names}}").Split('\n').Order());

        Free(host);
        host.NetctlOk("stop", "web");
        host.NetctlOk("rm", "-f", "web", "bare");
        Assert.Equal(0, host.Shims());
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    [KernelFact]
    public void Containers_that_fill_the_disk_with_their_logs_can_be_ended_and_removed()
    {
        using TestHost host = WithOwnDisk("6m");
        host.StartDaemon();
        string[] names = ["a", "b", "c"];
        foreach (string name in names)
        {
            host.NetctlOk(
                "run", "-d", "--name", name, "sh", "-c", "yes | head -c 8000000; while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done");
        }

        TestHost.Eventually(
            "every log is full", () => host.DaemonLog.Split("output is lost, since the log").Length - 1 == names.Length);
        for (int i = 0; i < 20; i++)
        {
            // More than the write-ahead log of the store may grow by.
            host.NetctlOk("network", "create", "front");
            host.NetctlOk("network", "rm", "front");
        }

        Assert.DoesNotContain("is written again", host.DaemonLog, StringComparison.Ordinal);
        host.NetctlOk("stop", "-t", "0", "a");
        host.NetctlOk("rm", "-f", "b");
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(0, host.Shims());
        Assert.Equal("", host.Shell($"ls -A {host.Root}/data/logs"));
    }

    [KernelFact]
    public void The_exit_code_of_a_command_that_ends_while_the_exec_root_is_full_is_known()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"mkdir -p {host.ExecRoot}; mount -t tmpfs -o size=1m tmpfs {host.ExecRoot}");
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sh", "-c", $"while [ ! -e {host.Root}/go ]; do sleep 0.05; done; exit 3");

        // The copy of the store is given up first, which makes room.
        string fill = $"dd if=/dev/zero of={host.ExecRoot}/ballast bs=4k oflag=append conv=notrunc 2>/dev/null || true";
        host.Shell(fill);
        host.NetctlOk("network", "create", "front");
        host.Shell(fill);
        File.WriteAllText(Path.Combine(host.Root, "go"), "");
        Assert.Equal("3", host.NetctlOk("wait", "web"));
        host.Shell($"rm {host.ExecRoot}/ballast");
        Assert.Contains("Exited (3)", host.NetctlOk("ps", "-a"), StringComparison.Ordinal);
        host.NetctlOk("start", "web");
        Assert.Equal("3", host.NetctlOk("wait", "web"));
        host.NetctlOk("rm", "web");
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    [KernelFact]
    public void A_daemon_that_starts_on_a_full_disk_serves_what_it_can_read_and_says_so()
    {
        using TestHost host = WithOwnDisk();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "early", "sh", "-c", $"while [ ! -e {host.Root}/go ]; do sleep 0.05; done; exit 3");
        host.KillDaemon();
        File.WriteAllText(Path.Combine(host.Root, "go"), "");
        TestHost.Eventually("the command ends", () => host.Shims() == 1);
        Fill(host);

        host.StartDaemon();
        Assert.Contains($"the disk that holds {host.Root}/data is full", host.DaemonLog, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
        Assert.Contains("Up ", host.NetctlOk("ps"), StringComparison.Ordinal);
        Assert.NotEqual("", host.Dig("web", "web"));
        Assert.Contains("is full", host.Netctl("network", "create", "back").StandardError, StringComparison.Ordinal);

        Free(host);
        TestHost.Eventually("what ended is told", () => host.NetctlOk("ps", "-a").Contains("Exited (3)", StringComparison.Ordinal));
        host.NetctlOk("network", "create", "back");
        host.KillDaemon();
        host.StartDaemon();
        Assert.Contains("back", host.NetctlOk("network", "ls"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_daemon_that_starts_on_a_full_disk_for_the_first_time_ends_with_one_sentence()
    {
        using TestHost host = WithOwnDisk();
        Fill(host);
        Output refused = host.RunDaemonToItsEnd();
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains($"the disk that holds {host.Root}/data is full", refused.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", refused.StandardError, StringComparison.Ordinal);

        Free(host);
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "--rm", "true");
        Assert.Equal(["bridge", "front", "host", "none"], host.NetctlOk("network", "ls", "--format", "{{.Name}}").Split('\n').Order());
    }

    [KernelFact]
    public void A_data_root_that_is_read_only_is_named_and_what_it_holds_is_served()
    {
        using TestHost host = WithOwnDisk();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.StopDaemon();
        host.Shell($"mount -o remount,ro {host.Root}/data");
        host.StartDaemon();
        string message = $"the store {host.Root}/data/netctl.db cannot be written: the file system of {host.Root}/data is read-only; make "
            + "it writable, then try again";
        Assert.Contains(message, host.DaemonLog, StringComparison.Ordinal);
        Assert.Contains("front", host.NetctlOk("network", "ls"), StringComparison.Ordinal);
        Assert.Equal($"Error response from daemon: {message}\n", host.Netctl("network", "create", "back").StandardError);
        Assert.Equal(1, host.RunDaemonToItsEnd().ExitCode);

        host.Shell($"mount -o remount,rw {host.Root}/data; nsenter -t {host.DaemonId} -m mount -o remount,rw {host.Root}/data");
        host.NetctlOk("network", "create", "back");
        host.KillDaemon();
        host.StartDaemon();
        Assert.Contains("back", host.NetctlOk("network", "ls"), StringComparison.Ordinal);
        Assert.Equal("", host.Shell($"ls -d {host.ExecRoot}/store 2>/dev/null || true"));
    }

    [KernelFact]
    public void An_exec_root_that_is_full_is_named_and_the_operation_leaves_nothing()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"mkdir -p {host.ExecRoot}; mount -t tmpfs -o size=1m tmpfs {host.ExecRoot}");
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.Shell($"dd if=/dev/zero of={host.ExecRoot}/ballast bs=4k 2>/dev/null || true");

        // The copy of the store is given up first, which makes room.
        host.NetctlOk("network", "create", "back");
        host.Shell($"dd if=/dev/zero of={host.ExecRoot}/ballast bs=4k 2>/dev/null || true");
        Output full = host.Netctl("create", "--network", "front", "--name", "a");
        Assert.Contains($"the disk that holds {host.ExecRoot}/", full.StandardError, StringComparison.Ordinal);
        Assert.Contains(" is full; free some space there", full.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
        Assert.Contains(
            host.DaemonLog.Split('\n'),
            line => line.Contains("POST /", StringComparison.Ordinal)
                && line.Contains("/containers/create", StringComparison.Ordinal)
                && line.Contains(" is full; free some space there", StringComparison.Ordinal));
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        host.Shell($"rm {host.ExecRoot}/ballast");
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
        host.NetctlOk("create", "--network", "front", "--name", "a");
        TestHost.Eventually("the copy of the store is there again", () =>
        {
            host.NetctlOk("network", "create", "probe");
            host.NetctlOk("network", "rm", "probe");
            return host.Shell($"ls {host.ExecRoot}/mirror 2>/dev/null || true").Contains("origin", StringComparison.Ordinal);
        });

        host.KillDaemon();
        host.Shell($"rm {host.Root}/data/netctl.db*");
        host.StartDaemon();
        Assert.Equal("a", host.NetctlOk("ps", "-a", "--format", "{{.Names}}"));
        Assert.Contains("back", host.NetctlOk("network", "ls"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_daemon_starts_where_the_exec_root_is_full()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"mkdir -p {host.ExecRoot}; mount -t tmpfs -o size=1m tmpfs {host.ExecRoot}");
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        host.KillDaemon();
        host.Shell($"dd if=/dev/zero of={host.ExecRoot}/ballast bs=4k 2>/dev/null || true");
        host.StartDaemon();
        Assert.Contains("Up ", host.NetctlOk("ps"), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.DaemonLog, StringComparison.Ordinal);
    }

    [KernelFact]
    public void An_exec_root_that_is_read_only_is_named()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"mkdir -p {host.ExecRoot}; mount -t tmpfs -o ro tmpfs {host.ExecRoot}");
        Output refused = host.RunDaemonToItsEnd();
        Assert.Equal(1, refused.ExitCode);
        Assert.Equal(
            $"netctl daemon: cannot use {host.ExecRoot}: its file system is read-only; make it writable, or give the daemon another "
                + "--exec-root\n",
            refused.StandardError);
    }

    private static TestHost WithOwnDisk(string size = "2m")
    {
        TestHost host = TestHost.Create();
        host.Shell($"mkdir -p {host.Root}/data; mount -t tmpfs -o size={size},mode=700 tmpfs {host.Root}/data");
        return host;
    }

    private static void Fill(TestHost host) => host.Shell($"dd if=/dev/zero of={host.Root}/data/ballast bs=4k 2>/dev/null || true");

    private static void Free(TestHost host) => host.Shell($"rm {host.Root}/data/ballast");
}
