using System.Net;

using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Firewall;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;
using PacketDotNet;
using PacketDotNet.Ndp;
using static Net.Tests.Kernel.Firewall.Bridges.Frame;
using static Net.Tests.Kernel.Firewall.Bridges.NeighbourMessage;
using static Net.Tests.Kernel.Firewall.Bridges.Segment;

namespace Net.Tests.Kernel.Firewall.Bridges;

/// <summary>
/// A network whose containers may not talk to each other, links and published ports excepted: by frames and by real connections.
/// </summary>
public class IsolationTests
{
    private const string Broadcast = "ff:ff:ff:ff:ff:ff";
    private const OptionTypes Target = OptionTypes.TargetLinkLayerAddress;

    private static readonly (string Name, byte[] Frame)[] Resolution =
    [
        ("a question for an address", Arp(Mac(1), ArpOperation.Request, Mac(1), Address(1), Address(2))),
        ("an advertisement to all",
            IPv6("33:33:00:00:00:01", Mac(1), Address6(1), "ff02::1", Advertisement(Address6(1), LinkOption(Target, Mac(1))))),
        ("an advertisement to one", IPv6(Mac(2), Mac(1), Address6(1), Address6(2), Advertisement(Address6(1), LinkOption(Target, Mac(1))))),
    ];

    // Container 2 is linked to port 80 of container 1.
    private static readonly (string Name, byte[] Frame)[] ByLink =
    [
        ("an answer from the linked port", IPv4(Mac(2), Mac(1), Address(1), Address(2), TcpSegment(80, 40000, acknowledges: true))),
        ("an answer by IPv6", IPv6(Mac(2), Mac(1), Address6(1), Address6(2), TcpSegment(80, 40000, acknowledges: true))),
    ];

    private static readonly (string Name, byte[] Frame)[] Closed =
    [
        ("a connection from the linked port", IPv4(Mac(2), Mac(1), Address(1), Address(2), TcpSegment(80, 22))),
        ("a connection from the linked port by IPv6", IPv6(Mac(2), Mac(1), Address6(1), Address6(2), TcpSegment(80, 22))),
        ("a connection to the linked port's number", IPv4(Mac(2), Mac(1), Address(1), Address(2), TcpSegment(40000, 80))),
        ("a datagram from the linked port's number",
            // Its data stands where a TCP segment has the flags SYN and ACK.
            IPv4(Mac(2), Mac(1), Address(1), Address(2), Datagram(80, 40000, [0, 0, 0, 0, 0x50, 0x12]))),
        ("a datagram", IPv4(Mac(2), Mac(1), Address(1), Address(2), Datagram("x"))),
        ("a datagram by IPv6", IPv6(Mac(2), Mac(1), Address6(1), Address6(2), Datagram("x"))),
        ("a ping", IPv4(Mac(2), Mac(1), Address(1), Address(2), Icmp(IcmpV4TypeCode.EchoRequest, sequence: 1))),
        ("a ping to all by IPv6", IPv6("33:33:00:00:00:01", Mac(1), Address6(1), "ff02::1", Ping())),
        ("a datagram to all", IPv4(Broadcast, Mac(1), Address(1), "172.18.0.255", Datagram("x"))),
        ("a datagram to one in a frame to all", IPv4(Broadcast, Mac(1), Address(1), Address(2), Datagram("x"))),
        ("a datagram to a group", IPv4("01:00:5e:00:00:fb", Mac(1), Address(1), "224.0.0.251", Datagram("x"))),
        ("a datagram to an unknown neighbour", IPv4("02:42:00:00:00:33", Mac(1), Address(1), Address(2), Datagram("x"))),
        ("another protocol", Ethernet(Mac(2), Mac(1), 0x88B5, [1, 2, 3, 4])),
        ("another protocol to all", Ethernet(Broadcast, Mac(1), 0x88B5, [1, 2, 3, 4])),
    ];

    [KernelFact]
    public void Neighbours_hear_nothing_of_each_other() => Frames(0);

    [KernelFact]
    public void Neighbours_hear_nothing_of_each_other_when_bridged_packets_pass_iptables() => Frames(1);

    [KernelFact]
    public void Links_and_published_ports_are_reached_in_a_closed_network_nftables() => Connections("nftables", 0);

    [KernelFact]
    public void Links_and_published_ports_are_reached_in_a_closed_network_nftables_when_bridged_packets_pass_it() =>
        Connections("nftables", 1);

    [KernelFact]
    public void Links_and_published_ports_are_reached_in_a_closed_network_iptables() => Connections("iptables", 0);

    [KernelFact]
    public void Links_and_published_ports_are_reached_in_a_closed_network_iptables_when_bridged_packets_pass_it() =>
        Connections("iptables", 1);

    [KernelFact]
    public void The_bridge_table_closes_a_network_beside_iptables() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        town.Listen("a2", "::", 81);
        using BridgedFirewall backend = Bridged();
        backend.Change(new FirewallChange([FirewallTown.A with { InterContainer = false }], []));
        Assert.True(town.Reaches("a1", "172.18.0.3", 81), "frames do not pass iptables: the town is a fair test");
        EndpointPolicy[] endpoints = [OfTown("a1", 2), OfTown("a2", 3)];
        backend.Change(new FirewallChange(endpoints, []));
        Assert.False(town.Reaches("a1", "172.18.0.3", 81));
        backend.Change(new FirewallChange([], endpoints));
        Assert.True(town.Reaches("a1", "172.18.0.3", 81));
    });

    private static void Frames(int bridgeNetfilter) => HostNamespace.Run(host =>
    {
        using var segment = new Segment(host, bridgeNetfilter);
        using NftablesBackend backend = NftablesBackend.Open(tables: [NftablesTable.Bridge]);
        EndpointPolicy[] open = [Endpoint(1), Endpoint(2)];
        backend.Change(new FirewallChange(open, []));
        (string Name, byte[] Frame)[] all = [.. Resolution, .. ByLink, .. Closed];
        Assert.Empty(Stopped(segment, all));

        EndpointPolicy[] closed = [.. open.Select(endpoint => endpoint with { InterContainer = false })];
        backend.Change(new FirewallChange(closed, open));
        Assert.Equal([.. ByLink.Select(entry => entry.Name), .. Closed.Select(entry => entry.Name)], Stopped(segment, all));

        backend.Change(new FirewallChange([Link(Address(2), Address(1)), Link(Address6(2), Address6(1))], []));
        Assert.Equal(Closed.Select(entry => entry.Name), Stopped(segment, all));
    });

    private static void Connections(string name, int bridgeNetfilter) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host, bridgeNetfilter);
        foreach ((string place, int number) in new[] { ("a1", 80), ("a1", 81), ("a2", 80), ("a2", 81) })
        {
            town.Listen(place, "::", number);
        }

        town.Listen("out", "0.0.0.0", 7000);
        using IDisposable opened = name == "iptables" ? Bridged() : NftablesBackend.Open();
        var backend = (IFirewallBackend)opened;
        BridgePolicy closed = FirewallTown.A with { InterContainer = false };
        PublishedPort port = FirewallTown.Port("0.0.0.0", 8080, "172.18.0.3", 81);
        LinkPolicy[] links = [Link("172.18.0.2", "172.18.0.3"), Link("fd00:a::2", "fd00:a::3")];
        EndpointPolicy[] endpoints = [OfTown("a1", 2), OfTown("a2", 3)];
        backend.Change(new FirewallChange([closed, port, .. links, .. endpoints], []));
        (string From, string To, int Port, bool Reached)[] table =
        [
            ("a1", "172.18.0.3", 80, true), // linked
            ("a1", "fd00:a::3", 80, true),
            ("a1", "172.18.0.3", 81, false),
            ("a1", "fd00:a::3", 81, false),
            ("a2", "172.18.0.2", 80, false), // not linked that way
            ("a2", "fd00:a::2", 80, false),
            ("a1", "192.0.2.1", 8080, true), // a neighbour's published port
            ("a2", "192.0.2.1", 8080, true), // its own
            ("a1", "192.0.2.2", 7000, true), // out
            ("host", "172.18.0.3", 81, true),
        ];
        bool[] reached = town.ReachEach([.. table.Select(cell => (cell.From, cell.To, cell.Port))]);
        Assert.Empty(table.Where((cell, i) => reached[i] != cell.Reached));
        Assert.True(backend.Diff([closed, port, .. links, .. endpoints]).IsEmpty);
    });

    private static BridgedFirewall Bridged() => (BridgedFirewall)new FirewallBackendChoice("iptables", IptablesVariant.NfTables, "")
        .Open(new IptablesPrograms(null), ipv6Available: true);

    private static EndpointPolicy OfTown(string place, int number) => new()
    {
        Owner = OwnerId.Of(EndpointId.Parse(new string((char)('0' + number), 64))),
        Bridge = "br-a",
        HostLink = $"v-{place}",
        MacAddress = MacAddress.Parse(Command.Json($"ip -n {place} -j link show eth0")[0].GetProperty("address").GetString()!),
        IPv4 = IPAddress.Parse($"172.18.0.{number}"),
        IPv6 = IPAddress.Parse($"fd00:a::{number}"),
        InterContainer = false,
    };

    private static LinkPolicy Link(string client, string server) => new()
    {
        Owner = OwnerId.Of(EndpointId.Parse(new string('e', 64))),
        Bridge = "br-a",
        Client = IPAddress.Parse(client),
        Server = IPAddress.Parse(server),
        Protocol = PortProtocol.Tcp,
        Port = 80,
    };

    private static string[] Stopped(Segment segment, (string Name, byte[] Frame)[] frames)
    {
        bool[] arrived = segment.Arrive([.. frames.Select(entry => entry.Frame)]);
        return [.. frames.Where((_, i) => !arrived[i]).Select(entry => entry.Name)];
    }
}
