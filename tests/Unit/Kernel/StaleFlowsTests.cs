using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Kernel.Flows;
using Net.Netlink.Conntrack;
using Net.Netlink.Netfilter;

namespace Net.Tests.Unit.Kernel;

/// <summary>Only tracked connections of the very ports that come or go are forgotten.</summary>
public sealed class StaleFlowsTests
{
    private static readonly IPAddress Host = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Client = IPAddress.Parse("192.0.2.2");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("198.51.100.1");
    private static readonly IPAddress Container = IPAddress.Parse("172.18.0.2");

    private static readonly PublishedPort Any = new()
    {
        Owner = OwnerId.Host,
        Bridge = "br-x",
        Protocol = PortProtocol.Udp,
        HostAddress = IPAddress.Any,
        HostPort = 5353,
        ContainerAddress = Container,
        ContainerPort = 53,
    };

    [Fact]
    public void One_that_was_never_translated_is_stale() => Assert.True(IsStale(Any, Flow(Host, 5353, Host, 5353)));

    [Fact]
    public void One_to_another_container_is_stale() => Assert.True(IsStale(Any, Flow(Host, 5353, IPAddress.Parse("172.18.0.9"), 53)));

    [Fact]
    public void One_to_loopback_is_stale() => Assert.True(IsStale(Any, Flow(IPAddress.Parse("127.0.0.5"), 5353, Container, 53)));

    [Fact]
    public void One_to_the_container_by_an_address_that_is_gone_is_stale() =>
        Assert.True(IsStale(Any, Flow(Elsewhere, 5353, Container, 53)));

    [Fact]
    public void One_through_the_host_to_the_same_port_elsewhere_stays() =>
        Assert.False(IsStale(Any, Flow(Elsewhere, 5353, Elsewhere, 5353)));

    [Fact]
    public void One_to_another_port_stays_and_so_does_one_to_the_containers_own() =>
        Assert.All([Flow(Host, 53, Host, 53), Flow(Container, 53, Container, 53)], flow => Assert.False(IsStale(Any, flow)));

    [Fact]
    public void Tcp_stays() => Assert.False(IsStale(Any, Flow(Host, 5353, Container, 53, protocol: 6)));

    [Fact]
    public void A_port_on_one_address_leaves_those_to_others() => Assert.Equal(
        (true, false),
        (
            IsStale(Any with { HostAddress = Host }, Flow(Host, 5353, Host, 5353)),
            IsStale(Any with { HostAddress = Client }, Flow(Host, 5353, Host, 5353))));

    [Fact]
    public void A_run_takes_each_of_its_ports()
    {
        PublishedPort run = Any with { Count = 3 };
        Assert.Equal(
            [false, true, true, true, false],
            Enumerable.Range(5352, 5).Select(port => IsStale(run, Flow(Host, (ushort)port, Host, (ushort)port))));
        Assert.True(IsStale(run, Flow(Elsewhere, 5355, Container, 55)));
        Assert.False(IsStale(run, Flow(Elsewhere, 5355, Container, 53)));
    }

    [Fact]
    public void The_kernel_is_asked_once_a_family_and_for_one_port_where_there_is_but_one()
    {
        PublishedPort six = Any with { HostAddress = IPAddress.IPv6Any, ContainerAddress = IPAddress.IPv6Loopback, Count = 2 };
        Assert.Equal(
            [
                new ConntrackFilter(NetfilterFamily.IPv4, new ConntrackTuple { Protocol = 17, DestinationPort = 5353 }),
                new ConntrackFilter(NetfilterFamily.IPv6, new ConntrackTuple { Protocol = 17 }),
            ],
            new StaleFlows([Any, six], new HashSet<IPAddress>()).Filters());
    }

    private static bool IsStale(PublishedPort port, ConntrackMessage flow) =>
        new StaleFlows([port], new HashSet<IPAddress> { Host }).Contains(flow);

    private static ConntrackMessage Flow(IPAddress to, ushort port, IPAddress answeredBy, ushort answeredFrom, byte protocol = 17) => new()
    {
        Header = new NetfilterHeader(NetfilterFamily.IPv4),
        Original = new ConntrackTuple
        {
            Source = Client,
            Destination = to,
            Protocol = protocol,
            SourcePort = 40000,
            DestinationPort = port,
        },
        Reply = new ConntrackTuple
        {
            Source = answeredBy,
            Destination = Client,
            Protocol = protocol,
            SourcePort = answeredFrom,
            DestinationPort = 40000,
        },
    };
}
