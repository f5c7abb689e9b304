using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>The Debian package on a fresh Debian 12 with its systemd.</summary>
[Collection(DebianCollection.Name)]
public sealed class PackageTests(DebianRoot root)
{
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
}
