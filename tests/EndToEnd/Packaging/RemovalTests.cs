using System.Diagnostics;
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

    private static readonly string[] Signals = ["INT", "TERM", "HUP"];

    private static readonly string[] Troubles =
    [
        "systemctl disable --now netctl.service netctl.socket",
        "systemctl mask --now netctl.service netctl.socket",
        "echo '{\"mtuu\": 1}' >/etc/netctl/daemon.json; systemctl restart netctl || true",
        "kill -STOP $(cat /run/netctl/netctl.pid)",
        "systemctl mask netctl.service; kill -KILL $(cat /run/netctl/netctl.pid); rm -rf /run/netctl/mirror",
        // A mistake in a configuration that names other folders, broken over lines.
        Elsewhere + "sed -i 's/^{/{\"mtuu\": 1, /' /etc/netctl/daemon.json; systemctl restart netctl || true",
        Elsewhere + "systemctl stop netctl.service",
    ];

    // The containers' daemon has its folders and its socket where the configuration says, beside what others have there.
    private const string Elsewhere =
        """
        netctl system reset -f
        printf '{"hosts": ["unix:///srv/run/other.sock"],\n"data-root":\n"/srv/data", "exec-root": "/srv/run"}\n' >/etc/netctl/daemon.json
        mkdir -p /srv/data/logs /srv/run; echo mine | tee /srv/data/file /srv/data/logs/file /srv/run/file >/dev/null
        systemctl restart netctl
        export NETCTL_HOST=unix:///srv/run/other.sock
        netctl network create front; netctl run -d --name web --network front -p 8080:80 sleep 9999

        """;

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
    public void A_removal_without_room_for_its_work_removes_nothing_and_the_service_goes_on()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Shell("mkdir -m 711 /run/netctl; mount -t tmpfs -o size=1200k,mode=711 tmpfs /run/netctl");
        machine.Install(root.Package);
        machine.Shell("netctl network create front; netctl run -d --name web --network front sleep 9999");
        string process = machine.Shell("netctl inspect --format '{{.State.Pid}}' web");
        machine.Shell("head -c 2000000 /dev/zero >/run/netctl/filled 2>/dev/null || true");
        CommandResult refused = machine.Run("/usr/lib/netctl/retire");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("netctl: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("make room there, and try again; nothing was removed", refused.Error, StringComparison.Ordinal);
        Assert.Equal("active\nactive\n", machine.Shell("systemctl is-active netctl.service netctl.socket"));
        Assert.Equal(process, machine.Shell("netctl inspect --format '{{.State.Pid}}' web"));

        Assert.NotEqual(0, machine.Run("dpkg", "--remove", "netctl").ExitCode);
        Assert.Equal("active\nactive\n", machine.Shell("systemctl is-active netctl.service netctl.socket"));
        machine.Shell("rm /run/netctl/filled; dpkg --remove netctl");
        Assert.Equal("", machine.Shell(Remains));
    }

    [ProgramFact("debootstrap")]
    public void A_removal_waits_for_all_that_it_has_started()
    {
        using DebianMachine machine = Installed();

        // What waits for the daemon of the removal comes late to its end, as on a busy machine.
        string said = machine.Shell(
            """
            mkdir /opt/slow
            printf '#!/bin/sh\n/usr/bin/setsid "$@"\nsleep 2\n' >/opt/slow/setsid
            chmod +x /opt/slow/setsid
            PATH=/opt/slow:$PATH dpkg --remove netctl >/tmp/said 2>&1
            pgrep -fa '[/]netctl/retire' || true
            while pgrep -f '[/]netctl/retire' >/dev/null; do sleep 0.1; done
            grep -v -e '^(Reading' -e '^Removing' /tmp/said || true
            ls -d /tmp/tmp.* 2>/dev/null || true
            """);
        Assert.Equal("", said);
        Assert.Equal("", machine.Shell(Remains));
    }

    [ProgramFact("debootstrap")]
    public void Definitions_on_a_full_disk_are_kept()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Shell("mkdir /var/lib/netctl; mount -t tmpfs -o size=1200k,mode=700 tmpfs /var/lib/netctl");
        machine.Install(root.Package);
        machine.Shell("netctl network create front; netctl run -d --name web --network front sleep 9999");
        machine.Shell("head -c 2000000 /dev/zero >/var/lib/netctl/filled 2>/dev/null || true");
        machine.Shell("dpkg --remove netctl; rm /var/lib/netctl/filled");
        Assert.Equal("", machine.Shell(Remains));
        machine.Install(root.Package);
        Assert.Equal("web front\n", machine.Shell("netctl ps -a --format '{{.Names}} {{.Networks}}'"));
        machine.Shell("dpkg --purge netctl");
        Assert.Equal("", machine.Shell("ls -A /var/lib/netctl"));
    }

    [ProgramFact("debootstrap")]
    public void A_removal_that_is_interrupted_keeps_the_definitions_and_starts_the_service_again() => Assert.All(Signals, signal =>
    {
        using DebianMachine machine = Installed();
        string said = machine.Shell(
            $$"""
            env --default-signal={{signal}} /usr/lib/netctl/retire 2>/tmp/said & id=$!
            until [ -e /run/netctl/retire/netctl.db ]; do :; done
            kill -{{signal}} $id
            ! wait $id
            cat /tmp/said
            """);
        Assert.StartsWith("netctl: the removal was interrupted: run it again; ", said, StringComparison.Ordinal);
        Assert.Equal("active\nactive\n", machine.Shell("systemctl is-active netctl.service netctl.socket"));
        Assert.Equal("1\n", machine.Shell("pgrep -xc netctl"));
        Assert.Equal("web front\n", machine.Shell("netctl ps -a --format '{{.Names}} {{.Networks}}'"));
        machine.Shell("test ! -e /run/netctl/retire; netctl start web; netctl doctor; dpkg --remove netctl");
        Assert.Equal("", machine.Shell(Remains));
    });

    [ProgramFact("debootstrap")]
    public void What_is_defined_after_a_removal_that_was_killed_stays_at_the_next_one()
    {
        using DebianMachine machine = Installed();
        machine.Shell(
            """
            /usr/lib/netctl/retire & id=$!
            until [ -e /run/netctl/retire/netctl.pid ]; do :; done
            sleep 1
            kill -KILL $id || true
            pkill -KILL -x netctl || true
            systemctl restart netctl
            netctl network create back
            dpkg --remove netctl
            """);
        Assert.Equal("", machine.Shell(Remains));
        machine.Install(root.Package);
        Assert.Equal("back\nfront\n", machine.Shell("netctl network ls --format '{{.Name}}' | grep -e back -e front | sort"));
    }

    [ProgramFact("debootstrap")]
    public void A_plug_in_that_is_gone_does_not_keep_netctl_from_being_removed()
    {
        string socket = Path.Combine(root.PackageFolder, "wires.sock");
        string program = Path.Combine(
            TestHost.RepositoryRoot(), "tests", "TestPlugin", "bin", "Release", "net10.0", "Net.Tests.TestPlugin.dll");
        string folder = Directory.CreateDirectory(Path.Combine(root.PackageFolder, "wires")).FullName;
        using DebianMachine machine = Installed();
        using (Process plugin = machine.StartBeside("dotnet", "exec", program, $"unix:{socket}", folder))
        {
            TestHost.Eventually("the plug-in listens", () => File.Exists(socket));
            machine.Shell(
                """
                mkdir -p /etc/docker/plugins
                echo unix:///media/packages/wires.sock >/etc/docker/plugins/wires.spec
                netctl network create -d wires --subnet 10.77.0.0/24 net
                """);
            plugin.Kill();
            plugin.WaitForExit();
        }

        File.Delete(socket);
        machine.Shell("ip link delete $(ip -br link | grep -o '^rb[0-9a-f]*')"); // the plug-in's own
        CommandResult removed = machine.Run("dpkg", "--remove", "netctl");
        Assert.True(removed.ExitCode == 0, removed.ToString());
        Assert.Contains("netctl: warning: a plug-in was not told of what the reset has removed", removed.Error, StringComparison.Ordinal);
        Assert.Equal("", machine.Shell(Remains));
    }

    [ProgramFact("debootstrap")]
    public void A_purge_leaves_the_folders_to_a_daemon_that_runs()
    {
        using DebianMachine machine = Installed();
        machine.Shell(
            """
            cp -a /usr/lib/netctl /opt/netctl
            dpkg --remove netctl
            setsid /opt/netctl/netctl daemon >/tmp/log 2>&1 &
            until /opt/netctl/netctl version >/dev/null 2>&1; do sleep 0.1; done
            """);
        Assert.Contains("a daemon, process ", machine.Shell("dpkg --purge netctl"), StringComparison.Ordinal);
        Assert.Equal("web\n", machine.Shell("/opt/netctl/netctl ps -a --format '{{.Names}}'"));
        machine.Shell("test -e /var/lib/netctl/netctl.db; getent group netctl");
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
        Assert.Equal(
            trouble.StartsWith(Elsewhere, StringComparison.Ordinal) ? "/srv/data/file\n/srv/data/logs/file\n/srv/run/file\n" : "",
            machine.Shell("find /srv -type f | sort"));
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
        Assert.Contains("another installation, below /usr/local, uses", machine.Shell("dpkg --purge netctl"), StringComparison.Ordinal);
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
