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
        Command.Run("ip addr add 198.51.100.7/32 dev uplink");
        Command.Run("ip -6 addr add 2001:db8:7::7/128 dev lo");
        Command.Run("ip route add default via 192.0.2.1");
        Command.Run("ip -6 addr add 2001:db8:9::2/64 dev uplink nodad");
        Command.Run("ip route add blackhole 10.1.0.0/16");
        Command.Run("ip route add 10.2.0.0/16 nexthop via 192.0.2.3 nexthop via 192.0.2.4");
        Command.Run("ip -6 route add 2001:db8:8::/48 via 2001:db8:9::1");
        Command.Run("ip route add 128.0.0.0/1 dev uplink");
        Command.Run("sysctl -qw net.ipv4.ip_local_reserved_ports=40000-40002,50000");

        HostFacts facts = lab.Engine.ReadHostFacts();
        Assert.Equal(1420, facts.EgressMtu);
        string[] routes = [.. facts.Routes.Select(route => $"{route}{(route.IsConnected ? ", connected" : "")}")];
        Assert.Contains("192.0.2.0/24 dev uplink, connected", routes);
        Assert.Contains("0.0.0.0/0 via 192.0.2.1 dev uplink", routes);
        Assert.Contains("2001:db8:9::/64 dev uplink, connected", routes);
        Assert.Contains("198.51.100.7/32 dev uplink, connected", routes);
        Assert.Contains("2001:db8:7::7/128 dev lo, connected", routes);
        Assert.DoesNotContain(routes, route => route.StartsWith("192.0.2.2/", StringComparison.Ordinal));
        Assert.DoesNotContain(routes, route => route.StartsWith("127.", StringComparison.Ordinal));
        Assert.DoesNotContain(routes, route => route.StartsWith("fe80", StringComparison.Ordinal));
        Assert.Contains("10.1.0.0/16", routes);
        Assert.Contains("10.2.0.0/16", routes);
        Assert.Contains("2001:db8:8::/48 via 2001:db8:9::1 dev uplink", routes);
        Assert.Contains("128.0.0.0/1 dev uplink", routes);
        Assert.DoesNotContain(routes, route => route.StartsWith("172.18.0.0/16", StringComparison.Ordinal));
        Assert.Contains(IPAddress.Parse("192.0.2.255"), facts.BroadcastAddresses);
        Assert.Contains(IPAddress.Parse("172.18.255.255"), facts.BroadcastAddresses);
        Assert.DoesNotContain(IPAddress.Parse("192.0.2.2"), facts.BroadcastAddresses);
        Assert.Contains("uplink", facts.ForeignLinks);
        Assert.DoesNotContain("br-aaaaaaaaaaaa", facts.ForeignLinks);
        Assert.Equal([40000, 40001, 40002, 50000], facts.ReservedPorts.Order().Select(port => (int)port));
        Assert.Equal((32768, 60999), (facts.FirstLocalPort, facts.LastLocalPort));
        Assert.True(facts.IPv6Available);
    });

    [KernelFact]
    public void A_bridge_of_others_has_guests_only_as_long_as_no_port_of_it_leads_to_other_machines() => Lab.Run(static lab =>
    {
        lab.Add(lab.Shape.All);
        foreach (string bridge in (string[])["virbr2", "virbr1", "virbr3"])
        {
            Command.Run($"ip link add {bridge} type bridge");
        }

        Command.Run("ip link add g1 type veth peer name g1-peer");
        Command.Run("ip link set g1 master virbr2");
        Command.Run("ip tuntap add tap1 mode tap");
        Command.Run("ip link set tap1 master virbr2");
        Command.Run("ip link add g2 type veth peer name g2-peer");
        Command.Run("ip link set g2 master virbr3");
        Command.Run(
            "sh", "-c", "ip link add card type dummy || ip link add card type vxlan id 5 dstport 4789");
        Command.Run("ip link set card master virbr3");
        Assert.Equal(["virbr1", "virbr2"], lab.Engine.ReadHostFacts().GuestBridges);

        Command.Run("ip link set card master virbr1");
        Assert.Equal(["virbr2", "virbr3"], lab.Engine.ReadHostFacts().GuestBridges);
        Command.Run("ip link set card master virbr2");
        Assert.Equal(["virbr1", "virbr3"], lab.Engine.ReadHostFacts().GuestBridges);
        Command.Run("ip link del card");
        Assert.Equal(["virbr1", "virbr2", "virbr3"], lab.Engine.ReadHostFacts().GuestBridges);
    });

    [KernelFact]
    public void Without_a_way_out_there_is_no_egress_mtu() => Lab.Run(static lab => Assert.Null(lab.Engine.ReadHostFacts().EgressMtu));
}
