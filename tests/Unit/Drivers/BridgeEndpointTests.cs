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
                    Owner = Owner, Name = "vethfedcba9", Bridge = "br-0123456789ab", PeerNamespace = Samples.Sandbox, PeerName = "eth0",
                    PeerMacAddress = Samples.Mac, Mtu = 1400, PeerIPv6 = false,
                },
                Setting("net/ipv4/conf/vethfedcba9/accept_redirects"),
                Setting("net/ipv6/conf/vethfedcba9/accept_ra"),
                Setting("net/ipv6/conf/vethfedcba9/accept_redirects"),
                new LinkAddress
                {
                    Owner = Owner,
                    Namespace = Samples.Sandbox,
                    Link = "eth0",
                    Address = InterfaceAddress.Parse("10.60.0.2/24"),
                },
                new NeighbourObject
                {
                    Owner = Owner,
                    Namespace = Samples.Sandbox,
                    Link = "eth0",
                    Address = IPAddress.Parse("10.60.0.1"),
                    MacAddress = BridgeMac,
                },
                new NeighbourObject
                {
                    Owner = Owner,
                    Namespace = NamespaceRef.Host,
                    Link = "br-0123456789ab",
                    Address = IPAddress.Parse("10.60.0.2"),
                    MacAddress = Samples.Mac,
                },
                new EndpointPolicy
                {
                    Owner = Owner,
                    Bridge = "br-0123456789ab",
                    HostLink = "vethfedcba9",
                    MacAddress = Samples.Mac,
                    IPv4 = IPAddress.Parse("10.60.0.2"),
                },
            },
            Describe(Samples.Network(), ipv6: false));

    [Fact]
    public void With_IPv6_come_the_same_for_the_other_family()
    {
        IReadOnlyList<DesiredObject> all = Describe(Samples.DualStack(), ipv6: true);
        Assert.True(all.OfType<VethPair>().Single().PeerIPv6);
        Assert.Equal(["10.60.0.2/24", "fd00:60::2/64"], all.OfType<LinkAddress>().Select(a => a.Address.ToString()));
        Assert.Equal(
            ["10.60.0.1", "10.60.0.2", "fd00:60::1", "fd00:60::2"], all.OfType<NeighbourObject>().Select(n => n.Address.ToString()));
        Assert.Equal(IPAddress.Parse("fd00:60::2"), all.OfType<EndpointPolicy>().Single().IPv6);
        Assert.Equal(
            ["net/ipv6/conf/eth0/accept_ra", "net/ipv6/conf/eth0/accept_redirects"],
            all.OfType<SysctlObject>().Where(s => s.Namespace == Samples.Sandbox && s.Link == "eth0").Select(s => s.Path));
    }

    [Fact]
    public void Options_for_traffic_between_containers_reach_the_endpoints_policy()
    {
        Network network = Samples.Network(("com.docker.network.bridge.enable_icc", "false"), ("netctl.antispoof", "false"));
        EndpointPolicy policy = Describe(network, ipv6: false).OfType<EndpointPolicy>().Single();
        Assert.Equal((false, false), (policy.InterContainer, policy.AntiSpoof));
    }

    [Theory]
    [InlineData("com.docker.network.bridge.inhibit_ipv4", "true", "10.60.0.2")]
    [InlineData("com.docker.network.bridge.gateway_mode_ipv4", "isolated")]
    public void Where_the_host_is_not_the_gateway_there_is_no_neighbour_entry_for_it(string key, string value, params string[] entries) =>
        Assert.Equal(
            entries,
            Describe(Samples.Network((key, value)) with { Internal = true }, ipv6: false)
                .OfType<NeighbourObject>()
                .Select(n => n.Address.ToString()));

    [Fact]
    public void A_kernel_without_IPv6_gets_no_IPv6_settings() =>
        Assert.DoesNotContain(
            new BridgeDriver()
                .Open(Samples.Network(), Samples.Facts with { IPv6Available = false })
                .Describe(Samples.Endpoint(), Samples.Sandbox, []),
            o => o is SysctlObject setting && setting.Path.StartsWith("net/ipv6", StringComparison.Ordinal));

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
                    Owner = Owner,
                    Bridge = "br-0123456789ab",
                    Protocol = PortProtocol.Tcp,
                    HostAddress = IPAddress.IPv6Any,
                    HostPort = 8080,
                    ContainerAddress = IPAddress.Parse("fd00:60::2"), ContainerPort = 80,
                },
            ],
            all.OfType<PublishedPort>());
        Assert.True(all.OfType<VethPair>().Single().Hairpin);
    }

    [Fact]
    public void What_comes_to_an_IPv6_port_is_forwarded_where_the_kernel_translates_nothing_and_all_else_left_to_the_kernel()
    {
        var one = IPAddress.Parse("2001:db8::1");
        IReadOnlyList<DesiredObject> all =
            Describe(Samples.DualStack(), ipv6: true, Port(IPAddress.Any), Port(IPAddress.IPv6Any), Port(one) with { HostPort = 8081 });
        Assert.Equal(
            [
                new HeldPort { Owner = Owner, Address = IPAddress.Any, Port = 8080, Protocol = PortProtocol.Tcp },
                new HeldPort
                {
                    Owner = Owner, Address = IPAddress.IPv6Any, Port = 8080, Protocol = PortProtocol.Tcp,
                    ForwardAddress = IPAddress.Parse("fd00:60::2"), ForwardPort = 80,
                },
                new HeldPort
                {
                    Owner = Owner, Address = one, Port = 8081, Protocol = PortProtocol.Tcp,
                    ForwardAddress = IPAddress.Parse("fd00:60::2"), ForwardPort = 80,
                },
            ],
            all.OfType<HeldPort>());
    }

    [Theory]
    [InlineData("::", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("::1", false)]
    public void A_forwarded_port_has_no_rule_and_leads_to_IPv4_of_a_container_without_IPv6(string address, bool all)
    {
        IReadOnlyList<DesiredObject> objects =
            Describe(Samples.Network(), ipv6: false, Port(IPAddress.Parse(address)) with { Delivery = PortDelivery.Forwarder, Count = 3 });
        Assert.Equal(
            new HeldPort
            {
                Owner = Owner,
                Address = IPAddress.Parse(address),
                Port = 8080,
                Count = 3,
                Protocol = PortProtocol.Tcp,
                ForwardAddress = IPAddress.Parse("10.60.0.2"),
                ForwardPort = 80,
                ForwardAllIPv6 = all,
            },
            Assert.Single(objects.OfType<HeldPort>()));
        Assert.Empty(objects.OfType<PublishedPort>());
    }

    [Fact]
    public void A_routed_port_is_opened_on_the_containers_address_and_takes_no_host_port()
    {
        IReadOnlyList<DesiredObject> all = Describe(
            Samples.DualStack(), ipv6: true, Port(IPAddress.IPv6Any) with { HostPort = 0, Count = 11, Delivery = PortDelivery.Routing });
        Assert.Equal(
            new OpenPort
            {
                Owner = Owner,
                Bridge = "br-0123456789ab",
                Protocol = PortProtocol.Tcp,
                ContainerAddress = IPAddress.Parse("fd00:60::2"),
                ContainerPort = 80,
                Count = 11,
            },
            Assert.Single(all.OfType<OpenPort>()));
        Assert.DoesNotContain(all, o => o is HeldPort or PublishedPort);
    }

    [Fact]
    public void A_run_of_ports_is_one_object_of_each_kind_and_sctp_is_never_forwarded()
    {
        IReadOnlyList<DesiredObject> all = Describe(
            Samples.DualStack(), ipv6: true, Port(IPAddress.IPv6Any) with { Count = 11, Protocol = PortProtocol.Sctp });
        Assert.Equal(11, Assert.Single(all.OfType<PublishedPort>()).Count);
        HeldPort held = Assert.Single(all.OfType<HeldPort>());
        Assert.Equal((11, null), ((int)held.Count, held.ForwardAddress));
    }

    [Fact]
    public void No_two_objects_share_a_key()
    {
        IReadOnlyList<DesiredObject> all =
        [
            .. new BridgeDriver().Open(Samples.DualStack(), Samples.Facts).Describe(),
            .. Describe(
                Samples.DualStack(),
                ipv6: true,
                Port(IPAddress.Any),
                Port(IPAddress.IPv6Any),
                Port(IPAddress.Loopback),
                Port(IPAddress.IPv6Any) with { Delivery = PortDelivery.Routing }),
        ];
        Assert.Equal(all.Count, StateChange.Between([], all).Add.Count);
    }

    [Fact]
    public void Describing_twice_gives_equal_values() =>
        Assert.True(StateChange.Between(
            Describe(Samples.DualStack(), true, Port(IPAddress.Any)), Describe(Samples.DualStack(), true, Port(IPAddress.Any))).IsEmpty);

    private static IReadOnlyList<DesiredObject> Describe(Network network, bool ipv6, params PortMapping[] ports) =>
        new BridgeDriver().Open(network, Samples.Facts).Describe(Samples.Endpoint(ipv6), Samples.Sandbox, ports);

    private static SysctlObject Setting(string path) =>
        new() { Owner = Owner, Namespace = NamespaceRef.Host, Path = path, Value = "0", Link = "vethfedcba9" };

    private static PortMapping Port(IPAddress address) =>
        new() { HostAddress = address, HostPort = 8080, ContainerPort = 80, Protocol = PortProtocol.Tcp };
}
