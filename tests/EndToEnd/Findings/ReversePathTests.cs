using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>A second way out whose requests strict reverse path filtering drops is noted.</summary>
public sealed class ReversePathTests
{
    // A second wire with a gateway, behind which is a machine that the first way out does not lead to.
    private const string SecondWayOut =
        """
        ip route add default via 192.0.2.2 metric 10
        ip netns add third
        ip link add third type veth peer name lan netns third
        ip address add 198.51.100.1/24 dev third
        ip link set third up
        ip -n third address add 198.51.100.2/24 dev lan
        ip -n third address add 203.0.113.9/32 dev lo
        ip -n third link set lo up
        ip -n third link set lan up
        ip -n third route add default via 198.51.100.1
        ip -n outside route add default via 192.0.2.1
        ip netns exec outside sysctl -qw net.ipv4.ip_forward=1
        ip route add default via 198.51.100.2 metric 20
        sysctl -qw net.ipv4.conf.third.rp_filter=1
        """;

    [KernelFact]
    public void A_second_way_out_with_strict_filtering_is_noted()
    {
        using TestHost host = Town.Open();
        host.Shell(SecondWayOut);
        host.Shell("ip -n outside route add 203.0.113.9/32 via 192.0.2.1; ip -n outside route del default");
        string before = Requests(host);
        host.Run("ip", "netns", "exec", "third", "nc", "-w", "1", "-s", "203.0.113.9", "198.51.100.1", "7000");
        Assert.Equal(before, Requests(host));
        ToldFinding found = ToldFinding.Only(host, "reverse-path", "link third");
        Assert.True(found.IsNote);
        found.Follow(host);
        TestHost.Eventually("requests come in", () =>
        {
            host.Run("ip", "netns", "exec", "third", "nc", "-w", "1", "-s", "203.0.113.9", "198.51.100.1", "7000");
            return before != Requests(host);
        });
    }

    // TCP segments that the container has received (InSegs): neighbour discovery and announcements do not count.
    private static string Requests(TestHost host) =>
        host.Shell("ip netns exec web awk '/^Tcp:/ { n = $11 } END { print n }' /proc/net/snmp");
}
