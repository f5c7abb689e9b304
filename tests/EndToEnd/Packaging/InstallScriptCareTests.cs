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
        Assert.Contains("remove it with \"install.sh --uninstall --prefix /opt/x\" first", refused.Error, StringComparison.Ordinal);
        Assert.Equal("active\n", machine.Shell("systemctl is-active netctl.service"));
    }
}
