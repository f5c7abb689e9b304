using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>A route of another program, such as a VPN's, that takes packets for containers elsewhere is named.</summary>
public sealed class HiddenSubnetTests
{
    [KernelFact]
    public void A_policy_rule_that_drops_is_named()
    {
        using TestHost host = Town.Open();
        host.Shell("ip rule add to 10.88.0.0/24 prohibit pref 50");
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "hidden-subnet", "network front");
        Assert.Equal("ip rule add to 10.88.0.0/24 lookup main pref 1", found.Remedy);
        found.Follow(host);
        Town.Works(host);
    }

    [KernelFact]
    public void By_IPv6_a_route_to_a_part_is_named_and_a_VPNs_kill_switch_is_not()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip -6 address add fd00:1::1/64 dev lan nodad; ip -n outside -6 address add fd00:1::2/64 dev lan nodad");
        host.StartDaemon(TestHost.MendsNothing);
        host.NetctlOk("network", "create", "--ipv6", "--subnet", "fd00:92::/64", "-o", "com.docker.network.bridge.name=br-six", "six");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "six", "--ip6", "fd00:92::20", "sleep", "1000");
        TestHost.Eventually("the host reaches it", () => host.Run("ping", "-c", "1", "-W", "1", "fd00:92::20").ExitCode == 0);
        host.Shell(
            """
            ip -6 route add unreachable default table 51820
            ip -6 rule add fwmark 51820 lookup 51820
            ip -6 route add blackhole fd00::/8 table 77
            ip -6 route add unreachable fd00:92::/64 metric 4294967295
            """);
        Assert.Empty(ToldFinding.AllOf(host));
        host.DoctorIsContent();

        host.Shell("ip -6 route add fd00:92::20/128 via fd00:1::2");
        Assert.NotEqual(0, host.Run("ping", "-c", "1", "-W", "1", "fd00:92::20").ExitCode);
        ToldFinding found = ToldFinding.Only(host, "hidden-subnet", "network six");
        found.Follow(host);
        Assert.Equal(0, host.Run("ping", "-c", "1", "-w", "10", "fd00:92::20").ExitCode);
    }

    [KernelFact]
    public void A_route_to_a_part_of_the_subnet_is_named() => Broken(
        "ip route add 10.88.0.16/28 via 192.0.2.2 dev lan", "ip route del 10.88.0.16/28 via 192.0.2.2 dev lan");

    [KernelFact]
    public void A_route_that_drops_what_is_for_a_container_is_named() => Broken(
        "ip route add blackhole 10.88.0.20/32", "ip route del blackhole 10.88.0.20/32");

    [KernelFact]
    public void A_policy_rule_that_leads_to_another_table_is_named() => Broken(
        "ip route add default via 192.0.2.2 dev lan table 100; ip rule add to 10.0.0.0/8 lookup 100",
        "ip rule add to 10.88.0.0/24 lookup main pref 1");

    [KernelFact]
    public void A_wide_route_and_a_rule_that_lead_elsewhere_are_no_fault()
    {
        using TestHost host = Town.Open();
        host.Shell(
            "ip route add 10.0.0.0/8 via 192.0.2.2; ip route add default via 192.0.2.2; ip rule add from 192.0.2.99 lookup 100; " +
            "ip route add 203.0.113.0/24 dev lan");
        Town.Works(host);
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    private static void Broken(string cause, string remedy)
    {
        using TestHost host = Town.Open();
        host.Shell(cause);
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "hidden-subnet", "network front");
        Assert.Contains("10.88.0.20 (container web)", found.Cause, StringComparison.Ordinal);
        Assert.Equal(remedy, found.Remedy);
        found.Follow(host);
        Town.Works(host);
    }
}
