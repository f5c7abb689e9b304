using System.Diagnostics;
using System.Globalization;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>The daemon is killed and started again; containers do not notice.</summary>
public sealed class RestartTests
{
    [KernelFact]
    public void Traffic_flows_on_while_the_daemon_is_dead_and_names_work_again_after_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "server", "--network", "net1", "-p", "7000:7000", "python3", "-c", Echo);
        host.NetctlOk("run", "-d", "--name", "app", "--network", "net1", "sleep", "1000");
        TestHost.Eventually(
            "the server listens", () => host.Netctl("logs", "server").StandardOutput.Contains("ready", StringComparison.Ordinal));
        using Process client = host.Start("ip", "netns", "exec", "outside", "nc", TestHost.Address, "7000");
        AssertEcho(client, "before");
        string rules = Rules(host);

        host.KillDaemon();
        AssertEcho(client, "while it is dead");
        host.StartDaemon();
        AssertEcho(client, "after");

        Assert.Equal(rules, Rules(host));
        Assert.Equal(2, host.NetctlOk("ps", "-q").Split('\n').Length);
        Assert.NotEqual("", host.NetctlOk("exec", "app", "dig", "+short", "server"));
        Assert.Equal("x\n", host.Outside("sh", "-c", $"echo x | nc -N -w 2 {TestHost.Address} 7000").StandardOutput);
        client.Kill();
    }

    [KernelFact]
    public void Exit_codes_logs_and_rm_come_true_across_a_restart()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "during", "sh", "-c", "echo one; sleep 1; echo two; exit 7");
        host.NetctlOk(
            "run", "-d", "--name", "after", "sh", "-c", "while [ ! -e " + host.Root + "/go ]; do sleep 0.05; done; echo done; exit 9");
        host.NetctlOk("run", "-d", "--rm", "--name", "gone", "sleep", "0.5");

        host.KillDaemon();
        TestHost.Eventually("two of the three commands end while no daemon runs", () => host.Shims() == 1);
        host.StartDaemon();

        Assert.Equal("7", host.NetctlOk("wait", "during"));
        Assert.Equal("one\ntwo", host.NetctlOk("logs", "during"));
        TestHost.Eventually("--rm removes", () => !host.NetctlOk("ps", "-a").Contains("gone", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(host.Root, "go"), "");
        Assert.Equal("9", host.NetctlOk("wait", "after"));
        Assert.Equal("done", host.NetctlOk("logs", "after"));
    }

    [KernelFact]
    public void Killed_in_the_middle_of_its_work_five_times_it_still_leaves_nothing_behind_after_a_reset()
    {
        using TestHost host = TestHost.Create();
        string before = KernelState.Of(host);
        for (int round = 0; round < 5; round++)
        {
            host.StartDaemon();
            host.NetctlOk("network", "create", string.Create(CultureInfo.InvariantCulture, $"n{round}"));
            using Process run = host.Start(
                "sh",
                "-c",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"exec \"$NETCTL\" run -d --name c{round} --network n{round} -p {9000 + round}:80 sleep 1000"));
            Thread.Sleep(10 * round);
            host.KillDaemon();
            run.WaitForExit();
        }

        host.StartDaemon();
        host.NetctlOk("system", "reset", "-f");
        host.StopDaemon();
        Assert.Equal(before, KernelState.Of(host));
        Assert.Empty(host.Processes());
    }

    [KernelFact]
    public void Files_of_an_end_or_a_removal_that_was_broken_off_go_at_the_next_start()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string ended = host.NetctlOk("run", "-d", "sh", "-c", "exit 0");
        host.NetctlOk("wait", ended);
        host.KillDaemon();
        string directory = Path.Combine(host.ExecRoot, "containers", ended);
        Directory.CreateDirectory(directory);
        File.WriteAllText(Path.Combine(directory, "hosts"), "as a daemon leaves it that is killed between the store and the kernel");
        Directory.CreateDirectory(Path.Combine(host.ExecRoot, "containers", new string('a', 64)));

        host.StartDaemon();
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(host.ExecRoot, "containers")));
    }

    [KernelFact]
    public void What_a_killed_shim_of_a_container_with_rm_left_running_is_ended_at_the_next_start()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--rm", "--name", "gone", "sleep", "1000");
        string command = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "gone");
        string shim = host.Shell($"ps -o ppid= {command}").Trim();
        host.KillDaemon();
        host.Shell($"kill -9 {shim}; ps -o args= {command}");

        host.StartDaemon();
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        TestHost.Eventually("the command has ended", () => host.Run("sh", "-c", $"ps -o args= {command}").StandardOutput != "sleep 1000\n");
    }

    [KernelTheory]
    [InlineData("rm box")]
    [InlineData("system reset -f")]
    public void A_shim_whose_container_a_killed_daemon_had_removed_already_is_ended_and_forgotten(string removal)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string id = host.NetctlOk("create", "--name", "box");
        string shim = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "box");

        // It does not end when it is asked to, so that the daemon can be killed when the removal is stored.
        host.Shell($"kill -STOP {shim}");
        using Process asked = host.Start("sh", "-c", $"exec $NETCTL {removal}");
        TestHost.Eventually("the removal is stored", () => host.NetctlOk("ps", "-aq").Length == 0);
        host.KillDaemon();
        host.Shell($"kill -0 {shim}");

        host.StartDaemon();
        Assert.Equal("", host.NetctlOk("ps", "-aq"));
        Assert.False(Directory.Exists(Path.Combine(host.ExecRoot, "shims", id)));
        Assert.Equal(0, host.Shims());
        host.LogSays($"container {id[..12]}, which is not to run any more as the store says, ran still and is ended");
        Assert.DoesNotContain("lost", host.DaemonLog, StringComparison.Ordinal);
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void A_start_that_fails_leaves_no_container_that_seems_to_run()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string shims = Path.Combine(host.ExecRoot, "shims");
        if (Directory.Exists(shims))
        {
            Directory.Delete(shims);
        }

        File.WriteAllText(shims, "in the way");
        Output run = host.Netctl("run", "-d", "--name", "c1", "-p", "8080:80", "sleep", "100");
        Assert.Equal(125, run.ExitCode);
        Assert.Contains("its shim could not be started in ", run.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("Up ", host.NetctlOk("ps", "-a"), StringComparison.Ordinal);

        File.Delete(shims);
        host.NetctlOk("rm", "-f", "c1");
        host.NetctlOk("run", "-d", "--name", "c1", "-p", "8080:80", "sleep", "100");
    }

    private static string Rules(TestHost host) =>
        host.Shell("iptables-save | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'; nft list ruleset 2>/dev/null | sed 's/packets [0-9]* bytes " +
            "[0-9]*//'");

    private static void AssertEcho(Process client, string text)
    {
        client.StandardInput.WriteLine(text);
        client.StandardInput.Flush();
        Assert.Equal(text, client.StandardOutput.ReadLine());
    }

    private const string Echo =
        """
        import socket, threading
        s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("", 7000)); s.listen(16)
        print("ready", flush=True)
        def serve(c):
            while True:
                d = c.recv(4096)
                if not d: break
                c.sendall(d)
            c.close()
        while True:
            c, _ = s.accept(); threading.Thread(target=serve, args=(c,), daemon=True).start()
        """;
}
