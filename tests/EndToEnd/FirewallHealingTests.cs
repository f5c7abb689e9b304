using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Rules that another program takes away come back by themselves, all of them, with each backend; and the daemon says who it
/// was.</summary>
public sealed class FirewallHealingTests
{
    // What both families have, without what differs from one look to the next: counters, handles, and the order between policies.
    private const string ReadIptables = "{ for f in iptables ip6tables; do $f-save | grep netctl: | sed \"s/^/$f /\"; done; nft list " +
        "table bridge netctl; } | sed -e 's/packets [0-9]* bytes [0-9]*//g' | sort";
    private const string ReadLegacy = "for f in iptables ip6tables; do $f-legacy-save | grep netctl: | sed \"s/^/$f /\"; done | sort";
    private const string ReadNftables =
        "for f in ip ip6 bridge; do nft list table $f netctl; done | sed -e 's/packets [0-9]* bytes [0-9]*//g' | tr ',{}' '\\n\\n\\n' | " +
        "sed -e 's/^[\\t ]*//' -e 's/ *$//' | sort";

    private const int MostTimes = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [KernelFact]
    public void Iptables() => Heals(
        ["--firewall-backend", "iptables"],
        ReadIptables,
        ("iptables", "iptables -F"),
        (
            "ip",
            "for t in raw filter nat; do iptables -t $t -F; ip6tables -t $t -F; done; for t in raw filter nat; do " +
            "iptables -t $t -X || true; ip6tables -t $t -X || true; done"), // what was flushed may be back, and in use, by then
        ("nft", "nft flush ruleset"),
        ("iptables", "iptables -D FORWARD 1"),
        ("iptables", "iptables -t nat -D NETCTL 1"),
        ("ip6tables", "ip6tables -t nat -D NETCTL-POSTROUTING 1"),
        ("iptables", "iptables -t raw -F NETCTL"),
        ("nft", "nft delete table bridge netctl"));

    [KernelFact]
    public void Nftables() => Heals(
        ["--firewall-backend", "nftables"],
        ReadNftables,
        ("nft", "nft flush ruleset"),
        ("nft", "nft delete table ip netctl"),
        ("nft", "nft delete table ip6 netctl"),
        ("nft", "nft flush chain ip netctl forward"),
        ("nft", "nft flush map ip netctl published_any"),
        ("nft", "nft delete table bridge netctl"));

    [KernelFact]
    public void Iptables_legacy_which_tells_nobody()
    {
        using TestHost host = TestHost.Create();
        UseLegacy(host);
        Heals(
            host,
            ["--firewall-backend", "iptables"],
            ReadLegacy,
            ("another program", "iptables-legacy -F"),
            ("another program", "for t in raw filter nat; do iptables-legacy -t $t -F; ip6tables-legacy -t $t -F; done"),
            ("another program", "iptables-legacy -t nat -D NETCTL 1"),
            (
                "another program",
                "iptables-legacy-save -t nat | sed 's/--to-destination 172/--to-destination 173/' | iptables-legacy-restore"));
    }

    [KernelFact]
    public void What_was_put_back_and_is_taken_at_once_again_is_put_back_again()
    {
        using TestHost host = TestHost.Create();
        UseLegacy(host);
        host.StartDaemon("--firewall-backend", "iptables");
        string before = host.Shell(ReadLegacy);
        for (int i = 0; i < 3; i++)
        {
            host.Shell("iptables-legacy -F NETCTL-FORWARD");
            TestHost.Eventually($"the rules are back, time {i}", () => host.Shell(ReadLegacy) == before);
        }
    }

    [KernelFact]
    public void What_cannot_be_put_back_at_first_is_put_back_as_soon_as_it_can_be()
    {
        using TestHost host = TestHost.Create();
        string broken = UseBreakable(host);
        host.StartDaemon("--firewall-backend", "iptables");
        host.NetctlOk("network", "create", "net1");
        string before = host.Shell(ReadIptables);

        File.WriteAllText(broken, "");
        host.Shell("iptables -t nat -F");
        TestHost.Eventually(
            "the daemon says that it cannot", () => host.DaemonLog.Contains("cannot be put back", StringComparison.Ordinal));
        File.Delete(broken);
        TestHost.Eventually("the rules are back", () => host.Shell(ReadIptables) == before);
        TestHost.Eventually(
            "the daemon says so", () => host.DaemonLog.Split("cannot be put back")[^1].Contains("put back", StringComparison.Ordinal));
    }

    [KernelFact]
    public void Rules_that_an_ended_command_leaves_are_removed_as_soon_as_they_can_be()
    {
        using TestHost host = TestHost.Create();
        string broken = UseBreakable(host);
        host.StartDaemon("--firewall-backend", "iptables");
        host.NetctlOk("run", "-d", "--name", "web", "-p", "7000:7000", "sleep", "1000");

        File.WriteAllText(broken, "");
        host.NetctlOk("stop", "-t", "0", "web");
        Assert.Contains("--dport 7000", host.Shell("iptables-save -t nat"), StringComparison.Ordinal);
        File.Delete(broken);
        TestHost.Eventually(
            "the rule is gone", () => !host.Shell("iptables-save -t nat").Contains("--dport 7000", StringComparison.Ordinal));
        TestHost.Eventually("nothing differs", () => host.Netctl("doctor").ExitCode == 0);
    }

    [KernelFact]
    public void What_others_have_for_themselves_stays_and_nothing_needs_to_be_put_back()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", "iptables");
        host.NetctlOk("network", "create", "net1");
        host.NetctlOk("run", "-d", "--name", "c1", "--network", "net1", "-p", "7000:7000", "sleep", "1000");
        host.NetctlOk("rm", "-f", "c1");
        host.Shell("iptables -I FORWARD -i other0 -j DROP; nft add table inet other");
        host.NetctlOk("network", "rm", "net1");
        Assert.DoesNotContain("put back", host.DaemonLog, StringComparison.Ordinal);
        host.Shell("iptables -C FORWARD -i other0 -j DROP; nft list table inet other");
    }

    /// <summary>Gives the daemon an iptables-restore that fails while a file is there.</summary>
    /// <returns>The file.</returns>
    private static string UseBreakable(TestHost host) => UseWrapped(host, "exit 4");

    /// <summary>Gives the daemon an iptables-restore that does something else first, while a file is there.</summary>
    /// <param name="host">The host, whose daemon is yet to be started.</param>
    /// <param name="fault">A command of sh.</param>
    /// <returns>The file.</returns>
    internal static string UseWrapped(TestHost host, string fault)
    {
        host.Programs = Directory.CreateDirectory(Path.Combine(host.Root, "programs")).FullName;
        string sign = Path.Combine(host.Root, "fault");
        host.Shell($"""
            printf '#!/bin/sh\n! test -e {sign} || {fault}\nexec /usr/sbin/iptables-restore "$@"\n' > {host.Programs}/iptables-restore
            chmod +x {host.Programs}/iptables-restore
            """);
        return sign;
    }

    internal static void UseLegacy(TestHost host)
    {
        host.Programs = Directory.CreateDirectory(Path.Combine(host.Root, "programs")).FullName;
        foreach (string program in new[] { "iptables-save", "iptables-restore", "ip6tables-save", "ip6tables-restore" })
        {
            File.CreateSymbolicLink(Path.Combine(host.Programs, program), "/usr/sbin/xtables-legacy-multi");
        }
    }

    private static void Heals(string[] options, string read, params (string Author, string Command)[] damages)
    {
        using TestHost host = TestHost.Create();
        Heals(host, options, read, damages);
    }

    private static void Heals(TestHost host, string[] options, string read, params (string Author, string Command)[] damages)
    {
        host.StartDaemon(options);
        host.NetctlOk("network", "create", "--ipv6", "net1");
        host.NetctlOk("network", "create", "--internal", "net2");
        host.NetctlOk("run", "-d", "--network", "net1", "-p", "7000:7000", "sh", "-c", "while :; do echo page | nc -lN 7000; done");
        string before = host.Shell(read);
        Assert.Contains("7000", before, StringComparison.Ordinal);
        foreach ((string author, string damage) in damages)
        {
            int log = host.DaemonLog.Length;
            bool isNamed = false;
            for (int times = 1; !isNamed; times++)
            {
                host.Shell(damage);
                TestHost.Eventually(
                    $"the rules are back after: {damage}", () => host.Run("sh", "-c", read).StandardOutput.TrimEnd('\n') == before);

                // What is damaged while the last of several damages before it is still being mended is mended with that, under its author.
                Assert.True(times < MostTimes, $"the daemon does not say that {author} was it: {host.DaemonLog[log..]}");
                isNamed = SpinWait.SpinUntil(
                    () => host.DaemonLog[log..].Contains($"changed by {author}", StringComparison.Ordinal), Patience);
            }
        }

        TestHost.Eventually("the port answers", () => host.Outside("nc", "-w", "2", TestHost.Address, "7000").StandardOutput == "page\n");
    }
}
