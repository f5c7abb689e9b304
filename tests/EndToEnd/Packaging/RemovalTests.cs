using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>A removal ends what netctl runs in whatever state the machine is, and nothing of anybody else's.</summary>
[Collection(DebianCollection.Name)]
public sealed class RemovalTests(DebianRoot root)
{
    // What runs or is left of containers and their networks.
    private const string Remains =
        "ip -br link show type bridge; ip -br link show type veth; ip netns; pgrep -a 'sleep|netctl' || true; "
            + "iptables-save | grep netctl || true; grep -e ' /run/netctl/' -e ' /run/netns/' /proc/mounts || true";

    private static readonly string[] Troubles =
    [
        "systemctl disable --now netctl.service netctl.socket",
        "systemctl mask --now netctl.service netctl.socket",
        "echo '{\"mtuu\": 1}' >/etc/netctl/daemon.json; systemctl restart netctl || true",
        "kill -STOP $(cat /run/netctl/netctl.pid)",
        "systemctl mask netctl.service; kill -KILL $(cat /run/netctl/netctl.pid); rm -rf /run/netctl/mirror",
    ];

    [ProgramFact("debootstrap")]
    public void A_daemon_that_the_environment_names_is_not_the_one_that_is_removed()
    {
        using DebianMachine machine = Installed();
        machine.Shell(
            """
            ip netns add play
            mkdir /tmp/play
            export NETCTL_HOST=unix:///tmp/play/netctl.sock
            ip netns exec play setsid netctl daemon -H $NETCTL_HOST --data-root /tmp/play/data --exec-root /tmp/play/run --plugin-dir "" \
              >/tmp/play/log 2>&1 &
            until netctl version >/dev/null 2>&1; do sleep 0.1; done
            netctl run -d --name others sleep 6666
            dpkg --remove netctl
            """);
        Assert.Equal("sleep 6666\n", machine.Shell("ps -eo args | grep '^sleep [0-9]'"));
        Assert.Equal("", machine.Shell("ip -br link show type bridge"));
    }

    [ProgramFact("debootstrap")]
    public void Definitions_that_cannot_be_kept_are_not_lost_and_nothing_is_removed()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Shell("mkdir /var/lib/netctl; mount -t tmpfs -o size=1200k,mode=700 tmpfs /var/lib/netctl");
        machine.Install(root.Package);
        machine.Shell("netctl network create front; netctl run -d --name web --network front sleep 9999");
        machine.Shell("head -c 2000000 /dev/zero >/var/lib/netctl/filled 2>/dev/null || true");
        CommandResult refused = machine.Run("dpkg", "--remove", "netctl");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(
            "netctl: the definitions of networks and containers could not be kept in /var/lib/netctl",
            refused.Error,
            StringComparison.Ordinal);
        Assert.Contains("make room there, and try again; nothing was removed", refused.Error, StringComparison.Ordinal);
        machine.Shell("rm /var/lib/netctl/filled");
        Assert.Equal("running\n", machine.Shell("systemctl restart netctl; netctl inspect --format '{{.State.Status}}' web"));

        machine.Shell("dpkg --remove netctl");
        Assert.Equal("", machine.Shell(Remains));
        machine.Install(root.Package);
        Assert.Equal("web front\n", machine.Shell("netctl ps -a --format '{{.Names}} {{.Networks}}'"));
        machine.Shell("dpkg --purge netctl");
        Assert.Equal("", machine.Shell("ls -A /var/lib/netctl"));
    }

    [ProgramFact("debootstrap")]
    public void A_folder_of_the_administrators_is_emptied_where_a_link_leads_to_it()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Shell("mkdir -p /srv/big/netctl; ln -s /srv/big/netctl /var/lib/netctl");
        machine.Install(root.Package);
        machine.Shell("netctl network create front; dpkg --remove netctl; test -e /srv/big/netctl/netctl.db; dpkg --purge netctl");
        Assert.Equal("", machine.Shell("ls -A /srv/big/netctl; ls -d /var/lib/netctl 2>/dev/null || true"));
    }

    [ProgramFact("debootstrap")]
    public void Whatever_has_become_of_the_daemon_all_is_ended_and_purged() => Assert.All(Troubles, trouble =>
    {
        using DebianMachine machine = Installed();
        machine.Shell($"mkdir -p /etc/netctl; {trouble}");
        machine.Shell("dpkg --remove netctl");
        Assert.Equal("", machine.Shell(Remains));
        machine.Shell("dpkg --purge netctl");
        Assert.Equal("", machine.Shell("ls -d /var/lib/netctl /etc/netctl /run/netctl 2>/dev/null || true"));
    });

    [ProgramFact("debootstrap")]
    public void A_process_whose_id_a_killed_daemon_has_left_is_not_ended()
    {
        using DebianMachine machine = Installed();
        machine.Shell(
            """
            netctl rm -f web
            systemctl mask --now netctl.service netctl.socket
            rm -rf /var/lib/netctl/*
            setsid sleep 5555 >/dev/null 2>&1 &
            echo $! >/run/netctl/netctl.pid
            dpkg --purge netctl
            """);
        Assert.Equal("sleep 5555\n", machine.Shell("ps -eo args | grep '^sleep [0-9]'"));
    }

    [ProgramFact("debootstrap")]
    public void What_install_sh_has_installed_since_the_removal_outlives_a_purge()
    {
        using DebianMachine machine = Installed();
        machine.Shell(
            """
            dpkg --remove netctl
            mkdir /opt/netctl; tar -xzf /media/packages/netctl-*-linux-*.tar.gz -C /opt/netctl --strip-components=1
            /opt/netctl/install.sh
            netctl start web
            """);
        Assert.Contains("another installation uses", machine.Shell("dpkg --purge netctl"), StringComparison.Ordinal);
        Assert.Equal("active\nactive\n", machine.Shell("systemctl is-active netctl.service netctl.socket"));
        Assert.Equal("enabled\nenabled\n", machine.Shell("systemctl is-enabled netctl.service netctl.socket"));
        machine.Shell("systemctl restart netctl; netctl exec web true; /opt/netctl/install.sh --uninstall");
        Assert.Equal("", machine.Shell(Remains));
    }

    private DebianMachine Installed()
    {
        DebianMachine machine = DebianMachine.Start(root);
        machine.Install(root.Package);
        machine.Shell("netctl network create front; netctl run -d --name web --network front -p 8080:80 sleep 9999");
        return machine;
    }
}
