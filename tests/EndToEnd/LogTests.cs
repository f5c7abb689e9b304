using System.Globalization;
using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Where output goes, how much of it is kept, and what a full disk does.</summary>
public sealed class LogTests
{
    // Of a hundred bytes, so that 33 MB of output are 330,000 lines.
    private const string ManyLines =
        "i=$(printf %098d 0); yes \"$i.\" | head -n 330000; echo last; touch \"$1\"; exec sleep 1000";

    [KernelFact]
    public void Output_is_kept_in_the_data_root_within_limits_and_goes_with_the_container()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string ready = Path.Combine(host.Root, "ready");
        string id = host.NetctlOk("run", "-d", "--name", "c", "sh", "-c", ManyLines, "sh", ready);
        TestHost.Eventually("the command has written 33 MB", () => File.Exists(ready));

        string folder = Path.Combine(host.Root, "data", "logs", id);
        TestHost.Eventually("the last line is in the log", () => host.Shell("\"$NETCTL\" logs c | tail -n 1") == "last");
        Assert.Equal("3", host.Shell($"ls {folder} | wc -l"));
        Assert.Equal("", host.Shell($"find {folder} -size +10485760c"));
        Assert.InRange(Number(host.Shell("\"$NETCTL\" logs c | wc -c")), 20_000_000, 31_457_280);
        Assert.Equal("1", host.Shell("\"$NETCTL\" logs c | tail -n +2 | head -n -1 | uniq | wc -l")); // whole lines, all alike
        Assert.InRange(Number(host.Shell($"du -s --apparent-size -B1 {host.ExecRoot} | cut -f1")), 0, 1_000_000);
        Assert.Equal("700 700", host.Shell($"echo $(stat -c %a {Path.GetDirectoryName(folder)} {folder})"));
        Assert.Equal("600", host.Shell($"stat -c %a {folder}/* | sort -u"));

        host.NetctlOk("rm", "-f", "c");
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(host.Root, "data", "logs")));
        Assert.NotEqual(0, host.Netctl("run", "-d", "no-such-program").ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(host.Root, "data", "logs")));
    }

    [KernelFact]
    public void A_foreground_command_loses_nothing_whatever_its_log_keeps_and_however_slow_its_reader()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string expected = host.Shell("seq 1 2000000 | md5sum");
        string run = "\"$NETCTL\" run --rm --log-opt max-size=10k --log-opt max-file=1";

        Assert.Equal(expected, host.Shell($"{run} seq 1 2000000 | {{ sleep 1; md5sum; }}"));
        Assert.Equal(expected, host.Shell($"seq 1 2000000 | {run} -i cat | {{ sleep 1; md5sum; }}"));
    }

    [KernelFact]
    public void Limits_are_the_containers_own_or_the_daemons_and_outlive_the_daemon()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--log-opt", "max-size=100k,max-file=2");
        host.NetctlOk("run", "-d", "--name", "own", "--log-opt", "max-size=50k", "seq", "1", "200000");
        host.NetctlOk("run", "-d", "--name", "daemons", "seq", "1", "200000");
        host.NetctlOk("create", "--name", "waits", "--log-opt", "max-file=7");
        host.NetctlOk("wait", "own");
        host.NetctlOk("wait", "daemons");

        Assert.Equal((2, true), Kept(host, "own", 50 << 10));
        Assert.Equal((2, true), Kept(host, "daemons", 100 << 10));
        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal(("json-file", "{\"max-size\":\"50k\"}"), LogConfig(host, "own"));
        Assert.Equal(("json-file", "{}"), LogConfig(host, "daemons"));
        Assert.Equal(("json-file", "{\"max-file\":\"7\"}"), LogConfig(host, "waits"));
        Assert.Equal("200000", host.Shell("\"$NETCTL\" logs own | tail -n 1"));
    }

    [KernelFact]
    public void A_bad_limit_is_refused_in_one_sentence_by_run_create_and_the_daemon()
    {
        using TestHost host = TestHost.Create();
        Output daemon = host.RunDaemonToItsEnd("--log-opt", "max-file=0");
        Assert.Equal(1, daemon.ExitCode);
        Assert.Contains("invalid max-file \"0\": it takes the number of log files to keep, at least 1", daemon.StandardError,
            StringComparison.Ordinal);
        host.StartDaemon();
        foreach ((string option, string named) in new[]
            {
                ("max-file=0", "max-file \"0\""), ("max-size=10x", "max-size \"10x\""), ("max-size", "\"max-size\""),
                ("compress=true", "unknown log opt \"compress\""),
            })
        {
            foreach (string[] command in new string[][] { ["run", "--log-opt", option, "true"], ["create", "--log-opt", option] })
            {
                Output refused = host.Netctl(command);

                // As Docker's client: what is wrong with the flag itself is 125, a refusal by the daemon only with run.
                Assert.Equal(command[0] == "run" || option == "max-size" ? 125 : 1, refused.ExitCode);
                Assert.Contains(named, refused.StandardError, StringComparison.Ordinal);
            }
        }

        Assert.Equal("", host.NetctlOk("ps", "-aq"));
    }

    [KernelFact]
    public void A_full_disk_costs_output_and_not_the_command_and_is_told()
    {
        using TestHost host = TestHost.Create();
        string logs = Path.Combine(host.Root, "data", "logs");
        host.Shell($"mkdir -p {logs}; mount -t tmpfs -o size=256k tmpfs {logs}");
        host.StartDaemon();
        string written = Path.Combine(host.Root, "written");
        string go = Path.Combine(host.Root, "go");
        host.NetctlOk("run", "-d", "--name", "c", "sh", "-c",
            $"seq 1 200000; touch {written}; until test -e {go}; do sleep 0.05; done; echo after; exec sleep 1000");

        TestHost.Eventually("the daemon tells of it", () => host.DaemonLog.Contains("No space left on device", StringComparison.Ordinal));
        Assert.Contains("output is lost", host.Shell($"cat {host.ExecRoot}/shims/*/shim.log"), StringComparison.Ordinal);
        Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "c"));
        Assert.Equal("1", host.Shell("\"$NETCTL\" logs c 2>/dev/null | head -n 1"));

        TestHost.Eventually("what does not fit is written, and would fill the larger disk too", () => File.Exists(written));
        host.Shell($"mount -o remount,size=1m {logs}; touch {go}");
        string last = "\"$NETCTL\" logs c 2>/dev/null | tail -n 1"; // perhaps behind a line that was cut
        TestHost.Eventually("the log goes on", () => host.Shell(last).EndsWith("after", StringComparison.Ordinal));
        TestHost.Eventually("the daemon tells of that", () =>
            host.DaemonLog.Contains("bytes of output were lost", StringComparison.Ordinal));
        Assert.Equal("running", host.NetctlOk("inspect", "-f", "{{.State.Status}}", "c"));
        host.NetctlOk("rm", "-f", "c");
        Assert.Equal("", host.Shell($"ls -A {logs}"));
    }

    [KernelFact]
    public void With_a_full_exec_root_run_fails_in_one_sentence_and_leaves_nothing_wherever_the_room_ends()
    {
        using TestHost host = TestHost.Create();
        host.Shell($"mkdir -p {host.ExecRoot}; mount -t tmpfs -o size=1m tmpfs {host.ExecRoot}");
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "--rm", "--network", "front", "true"); // makes the folders that all containers share

        // The copy of the store is given up first, which makes room.
        host.Shell($"cat /dev/zero > {host.ExecRoot}/fill 2>/dev/null || true");
        host.NetctlOk("network", "create", "back");

        // A file in the place of its folder keeps it from being made again.
        host.Shell($"rm {host.ExecRoot}/fill; touch {host.ExecRoot}/mirror");
        TestHost.Eventually(
            "the bridge has no carrier",
            () => host.Shell("ip -o link show type bridge").Split('\n').All(l => l.Contains("NO-CARRIER", StringComparison.Ordinal)));
        string before = KernelState.Of(host);
        string files = host.Shell($"find {host.ExecRoot} {host.Root}/data/logs | sort");
        string fill = Path.Combine(host.ExecRoot, "fill");
        bool succeeded = false;
        for (int pages = 0; pages <= 24 && !succeeded; pages++)
        {
            // All the room there is, less some pages of 4096 bytes.
            host.Shell($"cat /dev/zero > {fill} 2>/dev/null || truncate -s -{pages * 4096} {fill}");
            Output run = host.Netctl("run", "-d", "--name", "c", "--network", "front", "sleep", "1000");
            succeeded = run.ExitCode == 0;
            if (!succeeded)
            {
                Assert.Equal(125, run.ExitCode);
                Assert.Equal(1, run.StandardError.Count(c => c == '\n'));
                Assert.Contains("No space left on device", run.StandardError, StringComparison.Ordinal);
                Assert.Contains(host.ExecRoot, run.StandardError, StringComparison.Ordinal);
                Assert.Contains("free some space", run.StandardError, StringComparison.Ordinal);
            }
            else
            {
                Assert.True(pages > 0);
                host.NetctlOk("rm", "-f", "c");
            }

            host.Shell($"rm -f {fill}");
            Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
            Assert.Equal(files, host.Shell($"find {host.ExecRoot} {host.Root}/data/logs | sort"));
            Assert.Equal("", host.NetctlOk("ps", "-aq"));
            TestHost.Eventually("the kernel is as it was", () => before == KernelState.Of(host));
        }

        Assert.True(succeeded);
    }

    [KernelFact]
    public void Logs_outlive_a_boot_and_those_of_nobody_are_removed_at_the_start()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        string id = host.NetctlOk("run", "-d", "--name", "c", "echo", "kept");
        host.NetctlOk("wait", "c");
        host.StopDaemon();
        string logs = Path.Combine(host.Root, "data", "logs");
        string nobodys = Path.Combine(logs, new string('a', 64));
        host.Shell($"rm -rf {host.ExecRoot}; mkdir {nobodys}; echo x > {nobodys}/0000000000000000.log");
        host.StartDaemon();

        Assert.Equal([Path.Combine(logs, id)], Directory.GetFileSystemEntries(logs));
        Assert.Equal("kept", host.NetctlOk("logs", "c"));
    }

    private static (int Files, bool Small) Kept(TestHost host, string container, long limit)
    {
        string id = host.NetctlOk("inspect", "-f", "{{.Id}}", container);
        FileInfo[] files = new DirectoryInfo(Path.Combine(host.Root, "data", "logs", id)).GetFiles();
        return (files.Length, Array.TrueForAll(files, file => file.Length <= limit));
    }

    private static (string? Type, string Config) LogConfig(TestHost host, string container)
    {
        using var document = JsonDocument.Parse(host.NetctlOk("inspect", container));
        JsonElement config = document.RootElement[0].GetProperty("HostConfig").GetProperty("LogConfig");
        return (config.GetProperty("Type").GetString(), JsonSerializer.Serialize(config.GetProperty("Config")));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
