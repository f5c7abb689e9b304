using System.Diagnostics;

using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Beside the firewalls that people have: theirs stays as it is, and what netctl lets through passes, or what stops it is
/// named.</summary>
public sealed class OtherFirewallTests
{
    private const string Ours = "for f in iptables ip6tables; do $f-save | grep netctl: | sed \"s/^/$f /\"; done | sort";

    // A ufw of this host's own: what it writes on the disk goes to a copy.
    private const string EnableUfw =
        """
        for d in /etc/ufw /etc/default; do
          mkdir -p /run/netns/copies$d
          cp -a $d/. /run/netns/copies$d
          mount --bind /run/netns/copies$d $d
        done
        ufw --force enable
        """;

    private const string StartFirewalld =
        """
        mkdir -p /run/netns/copies/firewalld /run/netns/dbus
        cp -a /etc/firewalld/. /run/netns/copies/firewalld
        mount --bind /run/netns/copies/firewalld /etc/firewalld
        mkdir -p /run/dbus
        mount --bind /run/netns/dbus /run/dbus
        """;

    [ProgramFact("/usr/sbin/ufw")]
    public void Beside_ufw_the_iptables_backend_works_and_what_ufw_does_later_is_healed()
    {
        using TestHost host = TestHost.Create();
        host.Shell(EnableUfw);
        string ufw = host.Shell("iptables-save | grep ufw | sed 's/\\[.*\\]//'");
        host.StartDaemon("--firewall-backend", "iptables");
        Publish(host);
        AssertPasses(host);
        string ours = host.Shell(Ours);
        Assert.Equal(ufw, host.Shell("iptables-save | grep ufw | sed 's/\\[.*\\]//'"));
        Assert.DoesNotContain("drops by its chain", host.DaemonLog, StringComparison.Ordinal);

        foreach (string command in new[] { "ufw reload", "ufw disable", "ufw --force enable" })
        {
            host.Shell(command);
            TestHost.Eventually($"our rules are there after {command}", () => host.Shell(Ours) == ours);
            AssertPasses(host);
        }
    }

    [ProgramFact("/usr/sbin/ufw")]
    public void Beside_ufw_the_nftables_backend_names_what_stops_it_and_the_remedy()
    {
        using TestHost host = TestHost.Create();
        host.Shell(EnableUfw);
        host.StartDaemon("--firewall-backend", "nftables");
        host.LogSays("table ip filter drops by its chain FORWARD");
        host.LogSays("--firewall-backend iptables");
    }

    [ProgramFact("/usr/sbin/firewalld")]
    public void Beside_firewalld_bridges_are_in_a_zone_that_passes_with_iptables_also_after_a_reload() => BesideFirewalld("iptables");

    [ProgramFact("/usr/sbin/firewalld")]
    public void Beside_firewalld_bridges_are_in_a_zone_that_passes_with_nftables_also_after_a_reload() => BesideFirewalld("nftables");

    [KernelFact]
    public void Iptables_legacy_beside_rules_in_nf_tables_is_refused_at_start()
    {
        using TestHost host = TestHost.Create();
        FirewallHealingTests.UseLegacy(host);
        host.Shell("nft add table inet site; nft add chain inet site input '{ type filter hook input priority 0; }'; nft add rule inet " +
            "site input tcp dport 25 drop");
        Output refused = host.RunDaemonToItsEnd("--firewall-backend", "iptables");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("table inet site", refused.StandardError, StringComparison.Ordinal);
        Assert.Contains("--firewall-backend nftables", refused.StandardError, StringComparison.Ordinal);
    }

    [KernelFact]
    public void The_daemon_says_which_backend_it_took_and_why()
    {
        using TestHost host = TestHost.Create();
        FirewallHealingTests.UseLegacy(host);
        host.StartDaemon("--firewall-backend", "iptables");
        host.LogSays("firewall backend iptables: --firewall-backend iptables was given; it is the legacy variant");
    }

    private static void BesideFirewalld(string backend)
    {
        using TestHost host = TestHost.Create();
        host.Shell(StartFirewalld);
        using Process bus = host.Start("dbus-daemon", "--system", "--nofork", "--nopidfile");
        TestHost.Eventually("the bus is there", () => host.Run("test", "-S", "/run/dbus/system_bus_socket").ExitCode == 0);
        using Process firewalld = host.Start("firewalld", "--nofork", "--nopid");
        try
        {
            TestHost.Eventually("firewalld runs", () => host.Run("firewall-cmd", "--state").StandardOutput == "running\n");
            host.StartDaemon("--firewall-backend", backend);
            Publish(host);
            AssertPasses(host);

            host.Shell("firewall-cmd --reload");
            TestHost.Eventually(
                "the bridge is in its zone again",
                () => host.Shell("firewall-cmd --zone=trusted --list-interfaces").Contains("br-", StringComparison.Ordinal));
            AssertPasses(host);

            host.NetctlOk("rm", "-f", "web");
            host.NetctlOk("network", "rm", "net1");
            Assert.DoesNotContain("br-", host.Shell("firewall-cmd --zone=trusted --list-interfaces"), StringComparison.Ordinal);
        }
        finally
        {
            firewalld.Kill();
            firewalld.WaitForExit();
            bus.Kill();
            bus.WaitForExit();
        }
    }

    private static void Publish(TestHost host)
    {
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk(
            "run", "-d", "--name", "web", "--network", "net1", "-p", "7000:7000", "sh", "-c", "while :; do echo page | nc -lN 7000; done");
    }

    /// <summary>From outside to the port, and from the container to what is outside.</summary>
    private static void AssertPasses(TestHost host)
    {
        TestHost.Eventually("the port answers", () => host.Outside("nc", "-w", "2", TestHost.Address, "7000").StandardOutput == "page\n");
        TestHost.Eventually(
            "the way out is open",
            () => host.Run("ip", "netns", "exec", "web", "ping", "-q", "-c", "1", "-W", "1", "192.0.2.2").ExitCode == 0);
    }
}
