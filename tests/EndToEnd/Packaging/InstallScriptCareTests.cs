using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>install.sh and what is on the machine already: files of others, choices of the administrator, modes and owners.</summary>
[Collection(DebianCollection.Name)]
public sealed class InstallScriptCareTests(DebianRoot root)
{
    private static readonly (string Before, string Arguments, string Message)[] InTheWay =
    [
        ("mkdir -p /usr/local/bin; echo mine >/usr/local/bin/netctl", "", "/usr/local/bin/netctl is there and is not of an installation"),
        ("echo '[Unit]' >/etc/systemd/system/netctl.socket", "", "/etc/systemd/system/netctl.socket is there and is not of"),
        ("mkdir /opt/full; mount -t tmpfs -o size=1m tmpfs /opt/full", "--prefix /opt/full", "less than "),
        ("true", "--prefix /usr/", "/usr is the place of the distribution's packages"),
        ("true", "--prefix '/opt/my net'", "/opt/my net has other characters than letters"),
    ];

    private static readonly string[] Lacks =
    [
        "rm /usr/local/lib/netctl/retire /usr/local/lib/netctl/folders.sh",
        "systemctl stop netctl; rm -r /usr/local/lib/netctl",
    ];

    [ProgramFact("debootstrap")]
    public void Nothing_is_installed_where_something_of_others_is_in_the_way() => Assert.All(InTheWay, way =>
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell(way.Before);
        string before = machine.Everything();
        CommandResult refused = machine.Run("sh", "-c", $"/opt/netctl/install.sh {way.Arguments}");
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith($"netlab: {way.Message}", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, machine.Everything());
    });

    [ProgramFact("debootstrap")]
    public void What_a_user_has_unpacked_is_roots_and_everybody_can_read_it()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Shell(
            """
            install -d -o 65534 -g 65534 -m 700 /opt/netctl
            install -m 644 /media/packages/netctl-*-linux-*.tar.gz /tmp/netctl.tar.gz
            setpriv --reuid 65534 --regid 65534 --clear-groups tar -xzf /tmp/netctl.tar.gz -C /opt/netctl --strip-components=1
            umask 077
            /opt/netctl/install.sh --prefix /srv/a/b
            """);
        Assert.Equal("", machine.Shell("find /srv/a /etc/systemd/system/netctl.* ! -user root -o ! -group root"));
        Assert.Equal("", machine.Shell("find /srv/a /etc/systemd/system/netctl.* ! -type l ! -perm -444 -o -type d ! -perm -555"));
        machine.Shell("setpriv --reuid 65534 --regid 65534 --clear-groups /srv/a/b/bin/netctl --version");
        machine.Shell("/opt/netctl/install.sh --prefix /srv/a/b --uninstall; test ! -e /srv/a");
    }

    [ProgramFact("debootstrap")]
    public void What_the_administrator_has_chosen_stays_so()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell("/opt/netctl/install.sh; systemctl disable --now netctl.service netctl.socket");
        Assert.Contains("netctl.service is disabled and stays so", machine.Shell("/opt/netctl/install.sh"), StringComparison.Ordinal);
        Assert.Equal("disabled\ndisabled\n", machine.Shell("systemctl is-enabled netctl.service netctl.socket || true"));

        machine.Shell("systemctl enable --now netctl.service; sed -i 's/^RestartSec=.*/RestartSec=7/' /etc/systemd/system/netctl.service");
        Assert.Contains("netctl.service was edited and stays as it is", machine.Shell("/opt/netctl/install.sh"), StringComparison.Ordinal);
        machine.Shell("grep -q RestartSec=7 /etc/systemd/system/netctl.service");
        machine.Shell("/opt/netctl/install.sh --uninstall; test ! -e /etc/systemd/system/netctl.service");
    }

    [ProgramFact("debootstrap")]
    public void One_that_was_broken_off_is_removed_and_another_one_takes_its_place()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        string before = machine.Everything();
        machine.Unpack();
        machine.Shell(
            """
            mkdir /opt/stop
            printf '#!/bin/sh\ncase "$*" in *completion*) exit 1 ;; esac\nexec /bin/cp "$@"\n' >/opt/stop/cp
            chmod +x /opt/stop/cp
            ! PATH=/opt/stop:$PATH /opt/netctl/install.sh
            rm -r /opt/stop
            /opt/netctl/install.sh --uninstall
            rm -r /opt/netctl
            """);
        Assert.Equal(before, machine.Everything());
    }

    [ProgramFact("debootstrap")]
    public void The_package_does_not_come_beside_an_installation_below_another_prefix()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell("/opt/netctl/install.sh --prefix /opt/x");
        CommandResult refused = machine.Run("dpkg", "-i", $"/media/packages/{Path.GetFileName(root.Package)}");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("remove it with \"install.sh --uninstall --keep --prefix /opt/x\" first", refused.Error, StringComparison.Ordinal);
        Assert.Equal("active\n", machine.Shell("systemctl is-active netctl.service"));
    }

    [ProgramFact("debootstrap")]
    public void A_unit_counts_as_edited_for_as_long_as_it_is()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell("/opt/netctl/install.sh; cp /etc/systemd/system/netctl.service /root/placed");
        machine.Shell("sed -i 's/^RestartSec=.*/RestartSec=7/' /etc/systemd/system/netctl.service");
        Assert.Contains("was edited and stays", machine.Shell("/opt/netctl/install.sh"), StringComparison.Ordinal);
        machine.Shell("cp /root/placed /etc/systemd/system/netctl.service");

        // The next version has another text, and so the next one after that.
        machine.Shell("sed -i 's/^TimeoutStartSec=.*/TimeoutStartSec=3min/' /opt/netctl/lib/systemd/system/netctl.service");
        Assert.DoesNotContain("was edited", machine.Shell("/opt/netctl/install.sh"), StringComparison.Ordinal);
        machine.Shell("grep -q 3min /etc/systemd/system/netctl.service");

        // One that is broken off when the units have been placed.
        machine.Shell(
            """
            sed -i 's/^TimeoutStartSec=.*/TimeoutStartSec=4min/' /opt/netctl/lib/systemd/system/netctl.service
            mkdir /opt/stop; printf '#!/bin/sh\nexit 1\n' | tee /opt/stop/getent /opt/stop/groupadd >/dev/null; chmod +x /opt/stop/*
            ! PATH=/opt/stop:$PATH /opt/netctl/install.sh
            grep -q 4min /etc/systemd/system/netctl.service
            sed -i 's/^TimeoutStartSec=.*/TimeoutStartSec=5min/' /opt/netctl/lib/systemd/system/netctl.service
            """);
        Assert.DoesNotContain("was edited", machine.Shell("/opt/netctl/install.sh"), StringComparison.Ordinal);
        machine.Shell("grep -q 5min /etc/systemd/system/netctl.service");

        // An installation of before the record said what was placed.
        machine.Shell(
            """
            sed -i '/^unit /d' /usr/local/share/netctl/installed
            sed '/^TimeoutStopSec=/d' /root/placed >/etc/systemd/system/netctl.service
            """);
        Assert.DoesNotContain("was edited", machine.Shell("/opt/netctl/install.sh"), StringComparison.Ordinal);
        machine.Shell("grep -q TimeoutStopSec= /etc/systemd/system/netctl.service");
    }

    [ProgramFact("debootstrap")]
    public void What_an_installation_lacks_for_its_removal_is_taken_from_where_the_script_is() => Assert.All(Lacks, lacking =>
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        string before = machine.Everything();
        machine.Shell("/opt/netctl/install.sh; netctl network create front; netctl run -d --name web --network front sleep 9999");
        machine.Shell($"{lacking}; /opt/netctl/install.sh --uninstall");
        Assert.Equal(before, machine.Everything());
    });

    [ProgramFact("debootstrap")]
    public void Without_a_program_that_runs_nothing_is_removed()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell("/opt/netctl/install.sh; netctl run -d --name web sleep 9999");
        machine.Shell("rm /usr/local/lib/netctl/netctl /opt/netctl/lib/netctl/netctl");
        CommandResult refused = machine.Run("/opt/netctl/install.sh", "--uninstall");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("does not run, and without it nobody can end containers", refused.Error, StringComparison.Ordinal);
        machine.Shell("test -e /var/lib/netctl/netctl.db; pgrep -x sleep; systemctl is-active netctl.service");
    }

    [ProgramFact("debootstrap")]
    public void Folders_of_the_administrators_are_emptied()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell("mkdir -p /srv/run /var/lib/netctl /etc/netctl; mount -t tmpfs -o mode=700 tmpfs /var/lib/netctl");
        machine.Shell("echo mine >/srv/run/file; echo '{\"exec-root\": \"/srv/run\"}' >/etc/netctl/daemon.json");
        machine.Shell("/opt/netctl/install.sh; netctl run -d --name web sleep 9999; /opt/netctl/install.sh --uninstall");
        Assert.Equal("/srv/run/file\n", machine.Shell("find /var/lib/netctl /etc/netctl /run/netctl /srv -type f 2>/dev/null || true"));
        machine.Shell("mountpoint -q /var/lib/netctl; test ! -e /etc/netctl; ! pgrep sleep");
    }

    [ProgramFact("debootstrap")]
    public void An_installation_by_the_script_gives_way_to_the_package_and_nothing_is_lost()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell("/opt/netctl/install.sh --prefix /opt/x; /opt/x/bin/netctl network create front");
        machine.Shell("mkdir /etc/netctl; echo '{\"mtu\": 1400}' >/etc/netctl/daemon.json");
        Assert.Contains(
            "definitions of networks and containers stay in /var/lib/netctl",
            machine.Shell("/opt/netctl/install.sh --uninstall --keep --prefix /opt/x"), StringComparison.Ordinal);
        machine.Install(root.Package);
        machine.Shell("netctl network inspect front; grep -q 1400 /etc/netctl/daemon.json");

        // Both beside each other, as no installation lets it come.
        machine.Shell("dpkg --remove netctl; /opt/netctl/install.sh --prefix /opt/x; mv /opt/x/share/netctl/installed /root");
        machine.Install(root.Package);
        machine.Shell("mv /root/installed /opt/x/share/netctl; netctl run -d --name web --network front sleep 9999");
        string process = machine.Shell("netctl inspect --format '{{.State.Pid}}' web");
        Assert.Contains(
            "the package netctl stays", machine.Shell("/opt/netctl/install.sh --uninstall --prefix /opt/x"), StringComparison.Ordinal);
        Assert.Equal(process, machine.Shell("netctl inspect --format '{{.State.Pid}}' web"));
        Assert.Equal("/lib/systemd/system/netctl.service\n", machine.Shell("systemctl show -P FragmentPath netctl.service"));
        Assert.Equal("enabled\nactive\n", machine.Shell("systemctl is-enabled netctl.service; systemctl is-active netctl.service"));
        Assert.Equal("/usr/lib/netctl/netctl\n", machine.Shell("readlink /proc/$(cat /run/netctl/netctl.pid)/exe"));
        machine.Install(root.LaterPackage);
    }
}
