using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Networks;
using Net.Cnm.Ports;
using Net.Drivers.Bridge;

namespace Net.Tests.Unit.Drivers;

public sealed class BridgeEndpointTests
{
    private static readonly OwnerId Owner = OwnerId.Of(Samples.EndpointId);
    private static readonly MacAddress BridgeMac = MacAddress.Parse("02:42:cd:ef:00:00");

    [Fact]
    public void An_endpoint_is_a_link_an_address_and_neighbours_in_both_directions() =>
        Assert.Equal(
            new DesiredObject[]
            {
                new VethPair
                {
                    Owner = Owner, HostName = "vethfedcba9", Bridge = "br-0123456789ab", PeerNamespace = Samples.Sandbox, PeerName = "eth0",
                    PeerMacAddress = Samples.Mac, Mtu = 1400, PeerIPv6 = false,
                },
                new LinkAddress { Owner = Owner, Namespace = Samples.Sandbox, Link = "eth0", Address = InterfaceAddress.Parse("10.60.0.2/24") },
                new NeighbourObject
                {
                    Owner = Owner, Namespace = Samples.Sandbox, Link = "eth0", Address = IPAddress.Parse("10.60.0.1"), MacAddress = BridgeMac,
                },
                new NeighbourObject
                {
                    Owner = Owner, Namespace = NamespaceRef.Host, Link = "br-0123456789ab", Address = IPAddress.Parse("10.60.0.2"), MacAddress = Samples.Mac,
                },
            },
            Describe(Samples.Network(), ipv6: false));

    [Fact]
    public void With_IPv6_come_the_same_for_the_other_family()
    {
        IReadOnlyList<DesiredObject> all = Describe(Samples.DualStack(), ipv6: true);
        Assert.True(all.OfType<VethPair>().Single().PeerIPv6);
        Assert.Equal(["10.60.0.2/24", "fd00:60::2/64"], all.OfType<LinkAddress>().Select(a => a.Address.ToString()));
        Assert.Equal(["10.60.0.1", "10.60.0.2", "fd00:60::1", "fd00:60::2"], all.OfType<NeighbourObject>().Select(n => n.Address.ToString()));
    }

    [Fact]
    public void The_default_route_is_left_to_the_planner() =>
        Assert.DoesNotContain(Describe(Samples.DualStack(), ipv6: true), o => o is RouteObject);

    [Fact]
    public void A_network_without_a_gateway_needs_no_entry_for_it()
    {
        Network network = Samples.Network() with { Pools = [Samples.Pool("10.60.0.0/24", null)] };
        Assert.Equal(["10.60.0.2"], Describe(network, ipv6: false).OfType<NeighbourObject>().Select(n => n.Address.ToString()));
    }

    [Fact]
    public void Each_port_is_held_and_sent_to_the_containers_address_of_its_family()
    {
        IReadOnlyList<DesiredObject> all = Describe(Samples.DualStack(), ipv6: true, Port(IPAddress.Any), Port(IPAddress.IPv6Any));
        Assert.Equal(["held-port:0.0.0.0:8080/tcp", "held-port:::" + ":8080/tcp"], all.OfType<HeldPort>().Select(p => p.Key));
        Assert.Equal(
            [
                new PublishedPort
                {
                    Owner = Owner, Bridge = "br-0123456789ab", Protocol = PortProtocol.Tcp, HostAddress = IPAddress.Any, HostPort = 8080,
                    ContainerAddress = IPAddress.Parse("10.60.0.2"), ContainerPort = 80,
                },
                new PublishedPort
                {
                    Owner = Owner, Bridge = "br-0123456789ab", Protocol = PortProtocol.Tcp, HostAddress = IPAddress.IPv6Any, HostPort = 8080,
                    ContainerAddress = IPAddress.Parse("fd00:60::2"), ContainerPort = 80,
                },
            ],
            all.OfType<PublishedPort>());
        Assert.True(all.OfType<VethPair>().Single().Hairpin);
    }

    [Fact]
    public void An_IPv6_port_of_a_container_without_IPv6_is_held_and_not_translated()
    {
        IReadOnlyList<DesiredObject> all = Describe(Samples.Network(), ipv6: false, Port(IPAddress.IPv6Any));
        Assert.Single(all.OfType<HeldPort>());
        Assert.Empty(all.OfType<PublishedPort>());
    }

    [Fact]
    public void No_two_objects_share_a_key()
    {
        IReadOnlyList<DesiredObject> all =
        [
            .. new BridgeDriver().Open(Samples.DualStack(), Samples.Facts).Describe(),
            .. Describe(Samples.DualStack(), ipv6: true, Port(IPAddress.Any), Port(IPAddress.IPv6Any), Port(IPAddress.Loopback)),
        ];
        Assert.Equal(all.Count, StateChange.Between([], all).Add.Count);
    }

    [Fact]
    public void Describing_twice_gives_equal_values() =>
        Assert.True(StateChange.Between(Describe(Samples.DualStack(), true, Port(IPAddress.Any)), Describe(Samples.DualStack(), true, Port(IPAddress.Any))).IsEmpty);

    private static IReadOnlyList<DesiredObject> Describe(Network network, bool ipv6, params PortMapping[] ports) =>
        new BridgeDriver().Open(network, Samples.Facts).Describe(Samples.Endpoint(ipv6), Samples.Sandbox, ports);

    private static PortMapping Port(IPAddress address) =>
        new() { HostAddress = address, HostPort = 8080, ContainerPort = 80, Protocol = PortProtocol.Tcp };
}
