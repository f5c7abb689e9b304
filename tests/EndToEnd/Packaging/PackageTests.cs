using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>The Debian package on a fresh Debian 12 with its systemd.</summary>
[Collection(DebianCollection.Name)]
public sealed class PackageTests(DebianRoot root)
{
    // Of the same folders as the service, and of others in the same network.
    private static readonly string[] ByHand =
    [
        "",
        "-H unix:///run/netctl/netctl.sock --exec-root /srv/other/run --data-root /srv/other/data",
        "-H unix:///run/netctl/netctl.sock --exec-root /srv/other/run",
    ];

    [ProgramFact("debootstrap")]
    public void It_is_installed_upgraded_under_running_containers_and_purged_without_a_trace()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        string before = machine.Everything();
        machine.Shell($"cp /media/packages/{Path.GetFileName(root.Package)} /tmp");
        machine.Shell(
            """
            cd /tmp
            apt-get install ./netctl_*.deb
            """);
        Assert.Equal("active\nactive\n", machine.Shell("systemctl is-active netctl.service netctl.socket"));
        Assert.Equal("enabled\nenabled\n", machine.Shell("systemctl is-enabled netctl.service netctl.socket"));
        Assert.Contains("Active: active (running)", machine.Shell("systemctl status netctl"), StringComparison.Ordinal);
        Assert.Matches("(?s)^Client:\n.*\nServer:\n", machine.Shell("netctl version"));
        Assert.Equal("everything is as it should be\n", machine.Shell("netctl doctor"));
        Assert.Equal("660 root netctl\n", machine.Shell("stat -c '%a %U %G' /run/netctl/netctl.sock"));

        machine.Shell(
            """
            mkdir /tmp/www; echo page >/tmp/www/index.html
            netctl network create front
            netctl run -d --name web --network front -p 8080:80 busybox httpd -f -p 80 -h /tmp/www
            """);
        string process = machine.Shell("netctl inspect --format '{{.State.Pid}}' web");
        string daemon = machine.Shell("systemctl show -P MainPID netctl.service");
        Assert.Equal("page\n", machine.Shell("curl -sS --retry 20 --retry-connrefused http://127.0.0.1:8080/"));

        machine.Install(root.LaterPackage);
        Assert.Equal("99.0.0", machine.Shell("dpkg-query -W -f '${Version}' netctl"));
        Assert.NotEqual(daemon, machine.Shell("systemctl show -P MainPID netctl.service"));
        Assert.Equal(process, machine.Shell("netctl inspect --format '{{.State.Pid}}' web"));
        Assert.Equal("page\n", machine.Shell("curl -sS http://127.0.0.1:8080/"));
        Assert.Equal("page\n", machine.Shell("netctl run --rm --network front curl -sS http://web/"));
        machine.Shell("netctl doctor");

        machine.Shell("apt-get purge -y netctl");
        Assert.Equal(before, machine.Everything());
    }

    [ProgramFact("debootstrap")]
    public void A_removal_ends_containers_and_keeps_what_was_defined()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Install(root.Package);
        machine.Shell("netctl network create --subnet 10.9.0.0/24 front; netctl run -d --name web --network front sleep 1000");

        machine.Shell("systemctl stop netctl.service; dpkg --remove netctl");
        Assert.Equal(
            "",
            machine.Shell("ip -br link show type bridge; ip netns; pgrep -a 'sleep|netctl' || true; iptables-save | grep netctl || true"));

        machine.Install(root.Package);
        Assert.Equal("10.9.0.0/24\n", machine.Shell("netctl network inspect --format '{{range .IPAM.Config}}{{.Subnet}}{{end}}' front"));
        machine.Shell("netctl start web && netctl exec web ip address show eth0 | grep -q 10.9.0.");
        machine.Shell("netctl doctor");
    }

    [ProgramFact("debootstrap")]
    public void A_daemon_that_was_started_by_hand_is_named_and_goes_on() => Assert.All(ByHand, flags =>
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        string daemon = machine.Shell(
            $$"""
            mkdir /srv/other
            setsid /opt/netctl/bin/netctl daemon {{flags}} >/dev/null 2>&1 &
            until /opt/netctl/bin/netctl version >/dev/null 2>&1; do sleep 0.1; done
            /opt/netctl/bin/netctl run -d --name one sleep 1000 >/dev/null
            pgrep -x netctl
            """).Trim();
        string container = machine.Shell("pgrep -x sleep");
        AssertNamed(machine, machine.Install(root.Package), daemon);
        AssertNamed(machine, machine.Install(root.LaterPackage), daemon);
        Assert.Equal("enabled\nenabled\n", machine.Shell("systemctl is-enabled netctl.service netctl.socket"));

        // The remedy that the sentence names.
        machine.Shell($"kill {daemon}; while [ -e /proc/{daemon} ]; do sleep 0.1; done; systemctl start netctl; netctl version");
        Assert.Equal(container, machine.Shell("pgrep -x sleep"));
        Assert.DoesNotContain("by hand", machine.Install(root.LaterPackage), StringComparison.Ordinal);
    });

    [ProgramFact("debootstrap")]
    public void A_daemon_that_does_not_start_is_told()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Shell("mkdir /etc/netctl; echo '{\"mtuu\": 1}' >/etc/netctl/daemon.json");
        const string Told = "netctl: the daemon does not start: see \"journalctl -u netctl\", then \"systemctl restart netctl\"\n";
        Assert.Contains(Told, machine.Install(root.Package), StringComparison.Ordinal);
        Assert.Contains(Told, machine.Install(root.LaterPackage), StringComparison.Ordinal);
    }

    [ProgramFact("debootstrap")]
    public void A_machine_without_systemd_is_told_how_the_daemon_is_started()
    {
        using DebianMachine machine = DebianMachine.StartWithoutSystemd(root);
        Assert.Contains(
            "systemd does not run here: start the daemon with \"netctl daemon\"",
            machine.Install(root.Package),
            StringComparison.Ordinal);

        machine.Shell(
            """
            ip link set lo up
            netctl daemon >/var/log/netctl.log 2>&1 &
            until netctl version >/dev/null 2>&1; do sleep 0.1; done
            netctl run -d --name one sleep 1000
            """);
        machine.Shell("dpkg --purge netctl");
        Assert.Equal(
            "",
            machine.Shell(
                "ip -br link show type bridge; ip netns; pgrep -a 'sleep 1000|netctl' || true; "
                    + "ls -d /var/lib/netctl /run/netctl 2>/dev/null || true"));
    }

    [ProgramFact("debootstrap")]
    public void An_installation_by_the_script_is_told_and_kept()
    {
        using DebianMachine machine = DebianMachine.StartWithoutSystemd(root);
        machine.Shell("mkdir -p /usr/local/share/netctl; touch /usr/local/share/netctl/installed");

        CommandResult refused = machine.Run("dpkg", "-i", $"/media/packages/{Path.GetFileName(root.Package)}");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "remove it with \"install.sh --uninstall --keep --prefix /usr/local\" first", refused.Error, StringComparison.Ordinal);
        machine.Shell("test ! -e /usr/bin/netctl");
    }

    [ProgramFact("lintian")]
    public void Debians_checker_of_packages_finds_nothing()
    {
        // The tags of what a package needs for the archive of Debian itself, which this one is not for.
        CommandResult checked_ = Command.TryRun(
            "lintian", "--allow-root", "--fail-on", "error,warning", "--suppress-tags", "initial-upload-closes-no-bugs", root.Package);
        Assert.True(checked_.ExitCode == 0, $"{checked_.Output}{checked_.Error}");
    }

    private static void AssertNamed(DebianMachine machine, string said, string daemon)
    {
        Assert.Contains(
            $"netctl: the daemon, process {daemon}, was started by hand and keeps netctl.service from starting: end it, then "
                + "\"systemctl start netctl\"; containers go on\n",
            said, StringComparison.Ordinal);
        Assert.DoesNotContain("Could not execute systemctl", said, StringComparison.Ordinal);
        Assert.Equal($"{daemon}\n", machine.Shell("pgrep -x netctl"));
        Assert.Equal("-- No entries --\n", machine.Shell("journalctl -u netctl.service"));
        Assert.Equal("inactive\ninactive\n", machine.Shell("systemctl is-active netctl.service netctl.socket || true"));
    }
}
