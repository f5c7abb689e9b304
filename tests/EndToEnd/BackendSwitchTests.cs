using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A daemon that is started with the other firewall backend takes over: one set of rules, and ports go on.</summary>
public sealed class BackendSwitchTests
{
    [KernelFact]
    public void From_iptables_to_nftables() => Switch("iptables", "nftables");

    [KernelFact]
    public void From_nftables_to_iptables() => Switch("nftables", "iptables");

    [KernelFact]
    public void From_iptables_legacy_to_the_other_sort_of_iptables() => SwitchSort("legacy", "iptables");

    [KernelFact]
    public void From_iptables_nft_to_nftables_where_iptables_is_the_legacy_sort_by_now() => SwitchSort("nft", "nftables");

    private static void SwitchSort(string sort, string after)
    {
        using TestHost host = TestHost.Create();
        if (sort == "legacy")
        {
            FirewallHealingTests.UseLegacy(host);
        }

        host.StartDaemon("--firewall-backend", "iptables");
        host.NetctlOk("network", "create", "--ipv6", "net1");
        host.NetctlOk("run", "-d", "--network", "net1", "-p", "7000:7000", "sh", "-c", "while :; do echo page | nc -lN 7000; done");
        AssertPage(host);
        string left = $"{{ iptables-{sort}-save; ip6tables-{sort}-save; }} | grep -ci netctl || true";
        Assert.NotEqual("0", host.Shell(left));

        host.StopDaemon();
        host.Programs = null;
        if (sort == "nft")
        {
            FirewallHealingTests.UseLegacy(host);
        }

        host.StartDaemon("--firewall-backend", after);
        AssertPage(host);
        Assert.Equal("0", host.Shell(left));
        Assert.DoesNotContain("iptables-legacy has rules", host.DaemonLog, StringComparison.Ordinal);
    }

    private static void Switch(string before, string after)
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon("--firewall-backend", before);
        host.NetctlOk("network", "create", "--ipv6", "net1");
        host.NetctlOk("run", "-d", "--network", "net1", "-p", "7000:7000", "sh", "-c", "while :; do echo page | nc -lN 7000; done");
        AssertPage(host);
        Assert.NotEqual("0", OursOf(host, before));
        host.Shell("iptables -A FORWARD -p udp --dport 7 -j DROP; nft add table inet admin");

        host.StopDaemon();
        host.StartDaemon("--firewall-backend", after);

        AssertPage(host);
        Assert.Equal("0", OursOf(host, before));
        Assert.NotEqual("0", OursOf(host, after));
        host.Shell("iptables -C FORWARD -p udp --dport 7 -j DROP; nft list table inet admin");
    }

    private static void AssertPage(TestHost host) => TestHost.Eventually(
        "the port answers", () => host.Outside("nc", "-w", "2", TestHost.Address, "7000").StandardOutput == "page\n");

    private static string OursOf(TestHost host, string backend) => host.Shell(backend == "iptables"
        ? "{ iptables-save; ip6tables-save; } | grep -ci netctl || true"
        : "nft list tables | grep -cE ' ip6? netctl$' || true"); // that of the family bridge is both backends'
}
