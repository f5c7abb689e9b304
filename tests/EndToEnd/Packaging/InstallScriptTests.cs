using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>install.sh, from the tarball.</summary>
[Collection(DebianCollection.Name)]
public sealed class InstallScriptTests(DebianRoot root)
{
    private static readonly (string Arguments, string Message)[] Wrong =
    [
        ("--nonsense", "unknown argument --nonsense; usage: netlab/install.sh [--prefix DIR] [--uninstall [--keep]]"),
        ("--prefix here", "here is not an absolute path: give one that begins with /"),
        ("--prefix /usr", "/usr is the place of the distribution's packages: take another folder"),
        ("--keep", "--keep is about a removal: give --uninstall too"),
        ("--prefix", "--prefix needs a folder: give one"),
    ];

    private static readonly string[] Kept =
    [
        "/opt/netctl/install.sh --uninstall",
        "mv /opt/netctl/lib/netctl/netctl /tmp; /opt/netctl/install.sh --uninstall; mv /tmp/netctl /opt/netctl/lib/netctl",
        "/opt/netctl/install.sh; netctl network inspect front; /opt/netctl/install.sh --uninstall",
        "/opt/netctl/install.sh; /opt/netctl/install.sh --uninstall --keep; /opt/netctl/install.sh --uninstall --prefix /opt/x",
        "dpkg -i /media/packages/netctl_99.*.deb; netctl network inspect front; dpkg --purge netctl",
        """
        dpkg -i /media/packages/netctl_99.*.deb; dpkg --remove netctl
        /opt/netctl/install.sh; dpkg --purge netctl; /opt/netctl/install.sh --uninstall
        """,

        // A daemon that somebody has started with what was kept, and that is gone with its containers left.
        """
        setsid /opt/netctl/bin/netctl daemon >/dev/null 2>&1 &
        until /opt/netctl/bin/netctl version >/dev/null 2>&1; do sleep 0.1; done
        /opt/netctl/bin/netctl run -d --name web --network front sleep 1000
        kill -KILL $(cat /run/netctl/netctl.pid)
        /opt/netctl/install.sh --uninstall
        """,
    ];

    [ProgramFact("debootstrap")]
    public void It_installs_over_itself_and_leaves_nothing()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Shell("cp /media/packages/netctl-*.tar.gz /root; mkdir /opt/netctl");
        string before = machine.Everything();

        string installed = machine.Shell(
            """
            cd /root
            tar -xzf netctl-*-linux-x86_64.tar.gz
            cd netctl-*/ && ./install.sh
            """);
        Assert.Matches("^netctl version .* is installed and runs\n$", installed);
        machine.Shell("cp -a /root/netctl-*/. /opt/netctl; rm -r /root/netctl-*/");
        machine.Shell("test -e /usr/local/share/man/man1/netctl.1.gz && netctl run -d --name one -p 8080:80 sleep 1000");
        string process = machine.Shell("netctl inspect --format '{{.State.Pid}}' one");
        machine.Shell("/opt/netctl/install.sh");
        Assert.Equal(process, machine.Shell("netctl inspect --format '{{.State.Pid}}' one"));
        Assert.Equal("active\n", machine.Shell("systemctl is-active netctl.service"));

        Assert.Contains("netctl is removed", machine.Shell("/opt/netctl/install.sh --uninstall"), StringComparison.Ordinal);
        machine.Shell("rm -r /opt/netctl/*");
        Assert.Equal(before, machine.Everything());

        // Also where nobody is there who could end containers.
        machine.Unpack();
        machine.Shell("/opt/netctl/install.sh; netctl run -d --name two sleep 1000; systemctl stop netctl.service");
        machine.Shell("/opt/netctl/install.sh --uninstall; rm -r /opt/netctl/*");
        Assert.Equal(before, machine.Everything());
        machine.Unpack();
        CommandResult twice = machine.Run("/opt/netctl/install.sh", "--uninstall");
        Assert.Equal(
            (1, "netlab: there is no installation below /usr/local: name its folder with --prefix (a package is removed by its manager)\n"),
            (twice.ExitCode, twice.Error));
    }

    [ProgramFact("debootstrap")]
    public void What_was_kept_is_removed_in_the_end_in_whatever_order() => Assert.All(Kept, steps =>
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        string before = machine.Everything();
        machine.Shell(
            """
            /opt/netctl/install.sh --prefix /opt/x
            /opt/x/bin/netctl network create front
            mkdir /etc/netctl; echo '{}' >/etc/netctl/daemon.json
            /opt/netctl/install.sh --uninstall --keep --prefix /opt/x
            test -e /var/lib/netctl/netctl.db; test -e /etc/netctl/daemon.json; getent group netctl; test ! -e /opt/x
            """);
        machine.Shell(steps);
        Assert.Equal(before, machine.Everything());
    });

    [ProgramFact("debootstrap")]
    public void What_was_kept_is_not_taken_from_who_uses_it_now()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell("/opt/netctl/install.sh --prefix /opt/x; /opt/x/bin/netctl network create front");
        machine.Shell("/opt/netctl/install.sh --uninstall --keep --prefix /opt/x");
        CommandResult again = machine.Run("/opt/netctl/install.sh", "--uninstall", "--keep");
        Assert.Equal(1, again.ExitCode);
        Assert.StartsWith("netlab: there is no installation below /usr/local: ", again.Error, StringComparison.Ordinal);

        machine.Install(root.Package);
        CommandResult refused = machine.Run("/opt/netctl/install.sh", "--uninstall");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is the package's now: \"apt-get purge netctl\" removes it", refused.Error, StringComparison.Ordinal);
        machine.Shell("netctl network inspect front");
    }

    [ProgramFact("debootstrap")]
    public void A_daemon_that_was_started_by_hand_is_named_and_goes_on()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Unpack();
        machine.Shell(
            """
            setsid /opt/netctl/bin/netctl daemon >/dev/null 2>&1 &
            until /opt/netctl/bin/netctl version >/dev/null 2>&1; do sleep 0.1; done
            """);
        string daemon = machine.Shell("cat /run/netctl/netctl.pid").Trim();

        Assert.Contains(
            $"the daemon, process {daemon}, was started by hand: end it, then \"systemctl start netctl\"; containers go on",
            machine.Shell("/opt/netctl/install.sh"),
            StringComparison.Ordinal);
        machine.Shell($"kill {daemon}; while [ -e /proc/{daemon} ]; do sleep 0.1; done; systemctl start netctl; netctl version");
    }

    [ProgramFact("debootstrap")]
    public void A_machine_without_systemd_gets_the_program_and_is_told_how_it_is_started()
    {
        using DebianMachine machine = DebianMachine.StartWithoutSystemd(root);
        machine.Unpack();

        Assert.Contains(
            "systemd does not run here: start \"netctl daemon\", as root",
            machine.Shell("/opt/netctl/install.sh --prefix /opt/here"),
            StringComparison.Ordinal);
        machine.Shell("/opt/here/bin/netctl --version; test ! -e /etc/systemd/system/netctl.service");
        machine.Shell("/opt/netctl/install.sh --prefix /opt/here --uninstall; test ! -e /opt/here");
    }

    [ProgramFact("debootstrap")]
    public void What_is_wrong_is_said_before_anything_is_made()
    {
        using DebianMachine machine = DebianMachine.StartWithoutSystemd(root);
        machine.Unpack();
        Assert.All(Wrong, wrong =>
        {
            CommandResult refused = machine.Run("sh", "-c", $"/opt/netctl/install.sh {wrong.Arguments}");
            Assert.Equal((1, 1), (refused.ExitCode, refused.Error.TrimEnd('\n').Split('\n').Length));
            Assert.StartsWith($"netlab: {wrong.Message}", refused.Error, StringComparison.Ordinal);
        });
        machine.Shell("test ! -e /usr/local/lib/netctl && ! getent group netctl");
    }

    [ProgramFact("debootstrap")]
    public void Who_is_not_root_and_who_has_the_package_is_told()
    {
        using DebianMachine machine = DebianMachine.StartWithoutSystemd(root);
        machine.Unpack();
        CommandResult user = machine.Run("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "/opt/netctl/install.sh");
        Assert.Equal(
            (1, "netlab: not root; an installation writes to /usr/local: run sudo /opt/netctl/install.sh\n"), (user.ExitCode, user.Error));

        machine.Install(root.Package);
        CommandResult twice = machine.Run("/opt/netctl/install.sh");
        Assert.Equal(1, twice.ExitCode);
        Assert.Contains("the package netctl is installed: upgrade that, or remove it with", twice.Error, StringComparison.Ordinal);
    }
}
