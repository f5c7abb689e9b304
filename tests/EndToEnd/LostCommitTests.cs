using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A store whose log was damaged or cut while no daemon ran, so that its last commits are lost and SQLite sees nothing wrong. No
/// container is ended and none is cut off.</summary>
public sealed class LostCommitTests
{
    private static readonly string[] Flags = ["--firewall-backend", "nftables"];

    private static readonly IReadOnlyDictionary<string, string> Damages = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["cut to nothing"] = "truncate -s 0 $LOG",
        ["64 random bytes"] = "dd if=/dev/urandom of=$LOG bs=1 seek=100 count=64 conv=notrunc status=none",
        ["the last commits cut off"] = "truncate -s $SIZE $LOG",
        ["all that was ever stored"] = "truncate -s 0 $LOG",
    };

    // What becomes of the witnesses in the run-time directory.
    private static readonly IReadOnlyDictionary<string, string> Copies = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["there"] = "true",
        ["damaged like the store"] = "truncate -s 0 $RUN/mirror/copy.db-wal",
        ["gone"] = "rm -r $RUN/mirror",
        ["gone, and the number of the last commit too"] = "rm -rf $RUN/mirror $RUN/last-commit",
    };

    public static TheoryData<string, string> Losses() => new(
        from damage in Damages.Keys from copy in Copies.Keys select (damage, copy));

    [KernelTheory]
    [MemberData(nameof(Losses))]
    public void Whatever_is_lost_of_the_log_running_containers_go_on_and_are_known(string damage, string copy)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(Flags);
        host.NetctlOk("network", "create", "n");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "n", "sleep", "1000");
        if (damage != "all that was ever stored")
        {
            host.StopDaemon();
            host.StartDaemon(Flags);
        }

        string log = $"{host.Root}/data/netctl.db-wal";
        string size = host.Shell($"stat -c %s {log}");
        host.NetctlOk("network", "create", "late");
        host.NetctlOk("network", "connect", "late", "a");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "n", "-p", "8080:80", "python3", "-m", "http.server", "80");
        Answers(host);
        string before = Told(host);
        string links = Links(host);
        host.KillDaemon();
        string logBefore = host.DaemonLog;
        host.Shell($"LOG={log}; SIZE={size}; RUN={host.ExecRoot}; {Damages[damage]}; {Copies[copy]}");

        host.StartDaemon(Flags);

        Answers(host);
        Assert.Equal(before, Told(host));
        Assert.Equal(links, Links(host));
        Assert.Equal(2, host.Shims());
        host.LogSays(copy == "gone, and the number of the last commit too"
            ? " of which the store does not say so: it has lost what was stored last"
            : " has lost what was stored last: it ends with commit ");
        host.LogSays(" taken up again");
        if (damage != "all that was ever stored")
        {
            host.LogSays("the store lacked container b, network late");
        }

        Assert.DoesNotContain(" is new", host.DaemonLog[logBefore.Length..], StringComparison.Ordinal);
        Output doctor = host.Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"{doctor}\n{host.DaemonLog}");

        // All is stored again: another kill changes nothing, and there is nothing to say any more.
        host.NetctlOk("network", "create", "after");
        host.NetctlOk("network", "rm", "after");
        host.KillDaemon();
        int said = host.DaemonLog.Length;
        host.StartDaemon(Flags);
        Assert.Equal(before, Told(host));
        host.DoctorIsContentAtOnce();
        Assert.DoesNotContain(" warn ", host.DaemonLog[said..], StringComparison.Ordinal);
        Answers(host);
    }

    [KernelFact]
    public void A_network_that_is_lost_with_its_commit_is_named_and_left_alone_until_doctor_removes_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(Flags);
        host.NetctlOk("run", "-d", "--name", "a", "sleep", "1000");
        host.StopDaemon();
        host.StartDaemon(Flags);
        string bridge = $"br-{host.NetctlOk("network", "create", "lone")[..12]}";
        host.KillDaemon();
        host.Shell($"truncate -s 0 {host.Root}/data/netctl.db-wal; rm -r {host.ExecRoot}/mirror");
        for (int start = 0; start < 2; start++)
        {
            host.StartDaemon(Flags);
            host.LogSays(bridge);
            Assert.Contains(bridge, host.Netctl("doctor").StandardOutput, StringComparison.Ordinal);
            host.Shell($"ip link show {bridge}");
            host.KillDaemon();
        }

        host.StartDaemon(Flags);
        host.NetctlOk("doctor", "--fix");
        host.DoctorIsContentAtOnce();
        Assert.NotEqual(0, host.Run("ip", "link", "show", bridge).ExitCode);
        Assert.Equal(1, host.Shims());
    }

    [KernelFact]
    public void A_container_of_which_only_its_shim_is_left_is_named_and_works_until_doctor_ends_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(Flags);
        host.NetctlOk("network", "create", "n");
        host.StopDaemon();
        host.StartDaemon(Flags);
        string id = host.NetctlOk(
            "run", "-d", "--name", "b", "--network", "n", "-p", "8080:80", "python3", "-m", "http.server", "80");
        Answers(host);
        host.KillDaemon();
        host.Shell(
            $"""
            truncate -s 0 {host.Root}/data/netctl.db-wal
            rm -rf {host.ExecRoot}/mirror {host.ExecRoot}/last-commit {host.ExecRoot}/shims/{id}/container.json
            """);
        for (int start = 0; start < 2; start++)
        {
            host.StartDaemon(Flags);
            host.LogSays($"1 containers run that the store does not know ({id[..12]})");
            Assert.Contains(
                $"container {id[..12]} runs and is not in the store", host.Netctl("doctor").StandardOutput, StringComparison.Ordinal);
            Answers(host);
            Assert.Equal(1, host.Shims());
            host.KillDaemon();
        }

        host.StartDaemon(Flags);
        host.NetctlOk("doctor", "--fix");
        Assert.Equal(0, host.Shims());
        host.LogSays($"container {id[..12]}, which is not to run any more as the store says, ran still and is ended");
        host.DoctorIsContentAtOnce();
    }

    [KernelFact]
    public void A_store_of_before_is_not_believed_against_what_runs()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(Flags);
        host.StopDaemon();
        host.Shell($"cp -a {host.Root}/data {host.Root}/data-before");
        host.StartDaemon(Flags);
        host.NetctlOk("run", "-d", "--name", "b", "-p", "8080:80", "python3", "-m", "http.server", "80");
        Answers(host);
        string before = Told(host);
        host.StopDaemon();
        host.Shell($"rm -r {host.Root}/data; mv {host.Root}/data-before {host.Root}/data");
        host.StartDaemon(Flags);
        Answers(host);
        Assert.Equal(before, Told(host));
        host.LogSays("the store lacked container b");
        host.DoctorIsContentAtOnce();
    }

    private static string Told(TestHost host)
    {
        string[] ids = host.NetctlOk("ps", "-aq").Split('\n');
        host.Shell($"kill -0 {host.NetctlOk(["inspect", "-f", "{{.State.Pid}}", .. ids]).ReplaceLineEndings(" ")}");
        return host.NetctlOk("network", "ls") + host.NetctlOk(
            [
                "inspect",
                "-f",
                "{{.Name}} {{.Id}} {{.State.Pid}} {{.State.StartedAt}} {{.NetworkSettings.Networks}} {{.NetworkSettings.Ports}}",
                .. ids.Order(StringComparer.Ordinal),
            ]);
    }

    // The links of the container "a", by what ip says there.
    private static string Links(TestHost host) =>
        host.Shell($"nsenter -t {host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "a")} -n ip -br address | awk '{{print $1, $3}}'");

    private static void Answers(TestHost host) => TestHost.Eventually(
        "the published port answers",
        () => host.Outside("curl", "-sf", "-m", "2", "-o", "/dev/null", $"http://{TestHost.Address}:8080/").ExitCode == 0);
}
