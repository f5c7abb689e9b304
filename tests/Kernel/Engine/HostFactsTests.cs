using System.Net;
using Net.Cnm.Hosts;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

public sealed class HostFactsTests
{
    [KernelFact]
    public void The_way_out_others_links_and_routes_are_told_and_ours_are_not() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        Command.Run("ip link add uplink mtu 1420 type veth peer name far");
        Command.Run("ip link set dev uplink up");
        Command.Run("ip addr add 192.0.2.2/24 dev uplink");
        Command.Run("ip route add default via 192.0.2.1");
        Command.Run("ip -6 addr add 2001:db8:9::2/64 dev uplink nodad");
        Command.Run("sysctl -qw net.ipv4.ip_local_reserved_ports=40000-40002,50000");

        HostFacts facts = lab.Engine.ReadHostFacts();
        Assert.Equal(1420, facts.EgressMtu);
        Assert.Contains(IPNetwork.Parse("192.0.2.0/24"), facts.Routes);
        Assert.Contains(IPNetwork.Parse("0.0.0.0/0"), facts.Routes);
        Assert.Contains(IPNetwork.Parse("2001:db8:9::/64"), facts.Routes);
        Assert.DoesNotContain(IPNetwork.Parse("172.18.0.0/16"), facts.Routes);
        Assert.Contains("uplink", facts.ForeignLinks);
        Assert.DoesNotContain("br-aaaaaaaaaaaa", facts.ForeignLinks);
        Assert.Equal([40000, 40001, 40002, 50000], facts.ReservedPorts.Order().Select(port => (int)port));
        Assert.Equal((32768, 60999), (facts.FirstLocalPort, facts.LastLocalPort));
        Assert.True(facts.IPv6Available);
    });

    [KernelFact]
    public void Without_a_way_out_there_is_no_egress_mtu() => Lab.Run(static lab => Assert.Null(lab.Engine.ReadHostFacts().EgressMtu));
}
