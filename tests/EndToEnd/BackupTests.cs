using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Backups of all definitions, and their restore while containers run.</summary>
public sealed class BackupTests
{
    [KernelFact]
    public void What_was_removed_comes_back_and_what_runs_goes_on_with_its_connections()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "net1", "-p", "7000:7000", "python3", "-m", "http.server", "7000");
        host.NetctlOk("run", "-d", "--restart", "always", "-e", "SECRET=hidden", "--name", "db", "--network", "net1", "sleep", "1000");
        string running = host.NetctlOk("inspect", "-f", "{{.Id}} {{.State.Pid}} {{.NetworkSettings.Networks}}", "web");
        string defined = host.NetctlOk("inspect", "-f", "{{.Id}} {{.HostConfig}} {{.NetworkSettings.Networks}}", "db");
        string backup = Path.Combine(host.Root, "all.backup");
        host.NetctlOk("system", "backup", backup);
        Assert.Equal("600", host.Shell($"stat -c %a {backup}").Trim());

        host.NetctlOk("rm", "-f", "db");
        host.NetctlOk("network", "create", "since");
        host.NetctlOk("run", "-d", "--name", "since", "--network", "since", "-p", "7001:7001", "sleep", "1000");
        string late = host.NetctlOk("inspect", "-f", "{{.State.Pid}}", "since").Trim();
        Assert.Equal("4 networks and 2 containers are restored", host.NetctlOk("system", "restore", "-f", backup));

        Assert.Equal(running, host.NetctlOk("inspect", "-f", "{{.Id}} {{.State.Pid}} {{.NetworkSettings.Networks}}", "web"));
        Assert.Equal(0, host.Outside("curl", "-sf", "-m", "5", "-o", "/dev/null", $"http://{TestHost.Address}:7000/").ExitCode);
        TestHost.Eventually(
            "the container with a restart policy runs",
            () => host.NetctlOk("inspect", "-f", "{{.State.Status}}", "db").Trim() == "running");
        Assert.Equal(defined, host.NetctlOk("inspect", "-f", "{{.Id}} {{.HostConfig}} {{.NetworkSettings.Networks}}", "db"));
        Assert.NotEqual("", host.Dig("web", "db"));
        Assert.False(Directory.Exists($"/proc/{late}"));
        Assert.DoesNotContain("7001", host.Shell("ss -Hltn"), StringComparison.Ordinal);
        Assert.Equal("1", host.Shell("ip -br link show type bridge | grep -c ^br-").Trim());
        Assert.True(host.Netctl("doctor").ExitCode == 0, $"{host.Netctl("doctor")}");
        Assert.Empty(Directory.GetDirectories(Path.Combine(host.Root, "data"), ".scratch*"));

        // A daemon that is started after it finds the same.
        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal(running, host.NetctlOk("inspect", "-f", "{{.Id}} {{.State.Pid}} {{.NetworkSettings.Networks}}", "web"));
        Assert.True(host.Netctl("doctor").ExitCode == 0, $"{host.Netctl("doctor")}");
    }

    [KernelFact]
    public void A_backup_moves_everything_to_another_host()
    {
        using TestHost old = TestHost.Create();
        old.StartDaemon();
        old.NetctlOk("network", "create", "--subnet", "10.70.0.0/24", "net1");
        old.NetctlOk("run", "-d", "--restart", "always", "--name", "web", "--network", "net1", "--ip", "10.70.0.9", "sleep", "1000");
        string backup = old.Shell("$NETCTL system backup - | base64 -w0");
        using TestHost other = TestHost.Create();
        other.StartDaemon();
        Assert.Equal("4 networks and 1 container are restored", other.Shell($"echo {backup} | base64 -d | $NETCTL system restore -f -"));
        TestHost.Eventually(
            "it runs there", () => other.NetctlOk("inspect", "-f", "{{.State.Status}}", "web").Trim() == "running");
        Assert.Contains("10.70.0.9/24", other.NetctlOk("exec", "web", "ip", "address"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void What_is_no_file_is_written_into_and_a_link_stays_one()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.Shell(
            """
            cd "$(dirname "$NETCTL_HOST" | cut -d: -f2)"
            mkfifo pipe; cat pipe >piped & $NETCTL system backup pipe; wait; test -p pipe
            echo old >file; ln -s file link; $NETCTL system backup link; test -L link
            ln -s new dangling; $NETCTL system backup dangling; test -L dangling
            for copy in piped file new; do test "$(head -c 13 $copy)" = 'SQLite format'; done
            """);
    }

    [KernelFact]
    public void What_cannot_be_written_read_or_restored_is_said_and_nothing_changes()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("run", "-d", "--name", "web", "sleep", "1000");
        string before = host.NetctlOk("inspect", "web");
        string half = Path.Combine(host.Root, "half");
        host.Shell($"$NETCTL system backup - | head -c 5000 >{half}");
        foreach ((string[] words, string message) in ((string[], string)[])
            [
                (["system", "backup", "/nowhere/file"], "netctl: the backup cannot be written to \"/nowhere/file\": "),
                (["system", "restore", "-f", "/nowhere/file"], "netctl: the backup \"/nowhere/file\" cannot be read: "),
                (["system", "restore", "/nowhere/file"], "netctl: the backup \"/nowhere/file\" cannot be read: "),
                (["system", "restore", half], "netctl: nothing was restored: "),
                (["system", "restore", "-f", half], "Error response from daemon: this is not a whole backup of netctl ("),
                (["system", "restore", "-f", "/dev/null"], "Error response from daemon: a backup is missing: "),
            ])
        {
            Output refused = host.Netctl(words);
            Assert.NotEqual(0, refused.ExitCode);
            Assert.StartsWith(message, refused.StandardError, StringComparison.Ordinal);
            Assert.Single(refused.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }

        Assert.Equal(before, host.NetctlOk("inspect", "web"));
    }
}
