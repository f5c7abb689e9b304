using System.Text.Json;
using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Packaging;

/// <summary>netctl as a service of a real systemd.</summary>
[Collection(DebianCollection.Name)]
public sealed class ServiceTests(DebianRoot root)
{
    // What systemd would have to give the service a mount namespace for, or what containers would inherit.
    private static readonly string[] Confinements =
    [
        "PrivateMounts", "PrivateTmp", "PrivateDevices", "ProtectHome", "ProtectKernelTunables", "ProtectControlGroups", "NoNewPrivileges",
    ];

    [ProgramFact("debootstrap")]
    public void Containers_outlive_the_daemon_however_it_ends_and_it_comes_back()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Install(root.Package);
        machine.Shell(
            """
            mkdir /tmp/www; echo page >/tmp/www/index.html
            netctl run -d --name one -p 8080:80 busybox httpd -f -p 80 -h /tmp/www
            """);
        string process = machine.Shell("netctl inspect --format '{{.State.Pid}}' one");

        machine.Shell("systemctl stop netctl.service");
        Assert.Equal("page\n", machine.Shell("curl -sS --retry 20 --retry-connrefused http://127.0.0.1:8080/"));
        machine.Shell("systemctl start netctl.service");
        Assert.Equal(process, machine.Shell("netctl inspect --format '{{.State.Pid}}' one"));

        string daemon = machine.Shell("systemctl show -P MainPID netctl.service");
        machine.Shell($"kill -9 {daemon}");
        TestHost.Eventually(
            "systemd has started another one", () =>
            {
                // Both in one answer: between two, systemd notices that the first has ended, and there is none.
                string[] state = machine.Shell("systemctl show -p ActiveState -p MainPID netctl.service").Split('\n');
                return state.Contains("ActiveState=active") && !state.Contains("MainPID=0") && !state.Contains($"MainPID={daemon.Trim()}");
            });
        Assert.Equal(process, machine.Shell("netctl inspect --format '{{.State.Pid}}' one"));
        Assert.Equal("page\n", machine.Shell("curl -sS http://127.0.0.1:8080/"));
        machine.Shell("netctl doctor");
    }

    [ProgramFact("debootstrap")]
    public void A_container_inherits_no_limit_of_the_service()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Install(root.Package);
        machine.Shell("netctl run -d --name one sleep 1000");
        string id = machine.Shell("netctl inspect --format '{{.State.Pid}}' one").Trim();

        Assert.Equal(
            "CapEff:\t0\nNoNewPrivs:\t0\nSeccomp:\t0\n",
            machine.Shell($"sed -n 's/^CapEff:\t0*\\(.*\\)$/CapEff:\t\\1/p; /^NoNewPrivs\\|^Seccomp:/p' /proc/{id}/status")
                .Replace(machine.Shell("sed -n 's/^CapBnd:\t0*//p' /proc/1/status").Trim(), "0", StringComparison.Ordinal));
        Assert.Equal("1048576\n", machine.Shell("systemctl show -P LimitNOFILE netctl.service"));
        Assert.Equal("infinity\n", machine.Shell("systemctl show -P TasksMax netctl.service"));
        Assert.Equal("yes\n", machine.Shell("systemctl show -P Delegate netctl.service"));
        Assert.Equal(
            string.Concat(Enumerable.Repeat("no\n", Confinements.Length)),
            machine.Shell($"for one in {string.Join(' ', Confinements)}; do systemctl show -P $one netctl.service; done"));
    }

    [ProgramFact("debootstrap")]
    public void The_daemon_shares_the_mounts_of_the_machine_so_that_ip_netns_finds_containers()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Install(root.Package);
        machine.Shell("netctl run -d --name one sleep 1000");

        Assert.Equal(
            machine.Shell("readlink /proc/1/ns/mnt"), machine.Shell("readlink /proc/$(systemctl show -P MainPID netctl.service)/ns/mnt"));
        string name = machine.Shell("ip netns").Split(' ', '\n')[0];
        Assert.Contains("eth0", machine.Shell($"ip netns exec {name} ip -br link"), StringComparison.Ordinal);
    }

    [ProgramFact("debootstrap")]
    public void Messages_are_entries_of_the_journal_with_fields()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Install(root.Package);

        string entry = machine.Shell("journalctl -u netctl.service -o json NETCTL_EVENT=LogReady").Trim();
        using var fields = JsonDocument.Parse(entry);
        string Field(string name) => fields.RootElement.GetProperty(name).GetString()!;
        Assert.Equal(
            ("ready on /run/netctl/netctl.sock", "6", "netctl", "/run/netctl/netctl.sock", "netctl"),
            (Field("MESSAGE"), Field("PRIORITY"), Field("SYSLOG_IDENTIFIER"), Field("NETCTL_SOCKET"), Field("NETCTL_CATEGORY")));
        Assert.Equal("netctl.service", Field("_SYSTEMD_UNIT"));
        Assert.Contains("-- No entries --", machine.Shell("journalctl -u netctl -p warning"), StringComparison.Ordinal);
        Assert.Contains(
            "NETCTL_SOCKET=/run/netctl/netctl.sock",
            machine.Shell("journalctl -u netctl -o verbose NETCTL_EVENT=LogReady"),
            StringComparison.Ordinal);
    }

    [ProgramFact("debootstrap")]
    public void A_call_to_the_engines_socket_starts_the_service()
    {
        using DebianMachine machine = DebianMachine.Start(root);
        machine.Install(root.Package);
        machine.Shell("systemctl stop netctl.service");

        Assert.Equal(
            """{"Implements":["NetworkDriver","IpamDriver"]}""",
            machine.Shell("curl -sS --unix-socket /run/docker/plugins/netctl.sock -X POST http://x/Plugin.Activate").Trim());
        Assert.Equal("active\n", machine.Shell("systemctl is-active netctl.service"));
    }
}
