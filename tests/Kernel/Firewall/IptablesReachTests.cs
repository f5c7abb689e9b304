using System.Net;
using System.Net.Sockets;

using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Firewall.Iptables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>What the rules of each policy do to real connections. The order in which policies come is turned round each time.</summary>
public class IptablesReachTests
{
    [KernelFact]
    public void A_shifted_run_of_ports_leads_to_the_port_of_the_same_place() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        town.Listen("a1", "0.0.0.0", 81);
        PublishedPort run = FirewallTown.Port("0.0.0.0", 8000, containerPort: 80) with { Count = 3 };
        PublishedPort equal = FirewallTown.Port("192.0.2.1", 81, containerPort: 81) with { Count = 2 };
        IptablesBackend backend = Open(run, equal, FirewallTown.A);
        Assert.Equal(
            [false, true, false, true, false],
            town.ReachEach(
                [
                    ("out", "192.0.2.1", 8000),
                    ("out", "192.0.2.1", 8001),
                    ("out", "192.0.2.1", 8003),
                    ("out", "192.0.2.1", 81),
                    ("out", "192.0.2.1", 82),
                ]));
        Assert.Equal(
            [(run, true), (equal, true)],
            backend.ReadTraffic([run, equal]).Select(traffic => (traffic.Port, traffic.Packets > 0 && traffic.Bytes > 0)));
    });

    [KernelFact]
    public void Another_networks_container_keeps_its_address_and_a_neighbour_does_not() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        Socket server = town.Listen("a1", "0.0.0.0", 80);
        Socket outside = town.Listen("out", "0.0.0.0", 7000);
        Open(FirewallTown.B, FirewallTown.Port("0.0.0.0", 8080), FirewallTown.A);
        Assert.Equal("172.19.0.2", Client(town, server, "b1", "192.0.2.1", 8080));
        Assert.Equal("172.18.0.1", Client(town, server, "a2", "192.0.2.1", 8080));
        Assert.Equal("172.18.0.1", Client(town, server, "a1", "192.0.2.1", 8080));
        Assert.Equal("172.18.0.1", Client(town, server, "host", "127.0.0.1", 8080));
        Assert.Equal("192.0.2.2", Client(town, server, "out", "192.0.2.1", 8080));
        Assert.Equal("192.0.2.1", Client(town, outside, "b1", "192.0.2.2", 7000));
    });

    [KernelFact]
    public void The_address_that_was_asked_for_is_seen_outside() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        Command.Run("ip addr add 192.0.2.9/32 dev ext");
        Socket outside = town.Listen("out", "0.0.0.0", 7000);
        Open(FirewallTown.A with { SourceIPv4 = IPAddress.Parse("192.0.2.9") });
        Assert.Equal("192.0.2.9", Client(town, outside, "a1", "192.0.2.2", 7000));
    });

    [KernelFact]
    public void A_routed_network_is_reached_by_open_ports_and_ping_and_keeps_its_addresses() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        town.Listen("a1", "::", 80);
        town.Listen("a1", "::", 81);
        Socket outside = town.Listen("out", "0.0.0.0", 7000);
        Open(
            Opened("172.18.0.2"), Opened("fd00:a::2"), FirewallTown.B,
            FirewallTown.A with { GatewayModeIPv4 = GatewayMode.Routed, GatewayModeIPv6 = GatewayMode.Routed });
        Assert.Equal(
            [true, false, true, false, true, false],
            town.ReachEach(
                [
                    ("out", "172.18.0.2", 80),
                    ("out", "172.18.0.2", 81),
                    ("out", "fd00:a::2", 80),
                    ("out", "fd00:a::2", 81),
                    ("b1", "172.18.0.2", 80),
                    ("b1", "172.18.0.2", 81),
                ]));
        Assert.Equal("172.18.0.2", Client(town, outside, "a1", "192.0.2.2", 7000));
        Command.Run("ip netns exec out ping -q -c 1 -w 10 172.18.0.2");
        Command.Run("ip netns exec out ping -q -c 1 -w 10 fd00:a::2");
    });

    [KernelFact]
    public void An_unprotected_network_is_open_and_one_of_its_families_can_be_without_the_other() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        town.Listen("a1", "::", 81);
        Open(FirewallTown.B, FirewallTown.A with { GatewayModeIPv4 = GatewayMode.NatUnprotected });
        Assert.Equal([true, false], town.ReachEach([("out", "172.18.0.2", 81), ("out", "fd00:a::2", 81)]));
    });

    [KernelFact]
    public void A_trusted_link_reaches_all_ports_and_no_internal_network() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        town.Listen("a1", "::", 81);
        town.Listen("i1", "::", 81);
        TrustedLink trusted = new() { Owner = FirewallTown.A.Owner, Bridge = "br-a", Link = "ext" };
        Open(trusted, trusted with { Bridge = "br-i" }, FirewallTown.Internal, FirewallTown.A);
        Assert.Equal(
            [true, true, false],
            town.ReachEach([("out", "172.18.0.2", 81), ("out", "fd00:a::2", 81), ("out", "172.20.0.2", 81)]));
    });

    [KernelFact]
    public void A_link_is_the_exception_where_containers_are_kept_apart() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host, bridgeNetfilter: 1);
        town.Listen("a1", "::", 81);
        town.Listen("a2", "::", 80);
        town.Listen("a2", "::", 81);
        LinkPolicy link = new()
        {
            Owner = FirewallTown.A.Owner,
            Bridge = "br-a",
            Client = IPAddress.Parse("172.18.0.2"),
            Server = IPAddress.Parse("172.18.0.3"),
            Protocol = PortProtocol.Tcp,
            Port = 81,
        };
        foreach (FirewallPolicy[] policies
            in new FirewallPolicy[][]
            {
                [FirewallTown.A with { InterContainer = false }, link],
                [link, FirewallTown.A with { InterContainer = false }],
            })
        {
            IptablesBackend backend = Open(policies);
            Assert.Equal(
                [true, false, false],
                town.ReachEach([("a1", "172.18.0.3", 81), ("a1", "172.18.0.3", 80), ("a2", "172.18.0.2", 81)]));
            backend.RemoveAll();
        }
    });

    [KernelFact]
    public void What_touches_no_bridge_is_not_forwarded_unless_somebody_lets_it_through() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        using Net.Linux.NetworkNamespace far = host.NewNamespace("far");
        Command.Run("ip link add far type veth peer name eth0 netns far");
        Command.Run("ip addr add 198.51.100.1/24 dev far");
        Command.Run("ip link set far up");
        Command.Run("ip -n far addr add 198.51.100.2/24 dev eth0");
        Command.Run("ip -n far link set eth0 up");
        Command.Run("ip -n far route add default via 198.51.100.1");
        Command.Run("ip -n out route add 198.51.100.0/24 via 192.0.2.1");
        town.Listen("a1", "0.0.0.0", 80);
        string[] ping = ["netns", "exec", "out", "ping", "-q", "-c", "1", "-w", "3", "198.51.100.2"];
        Assert.Equal(0, Command.TryRun("ip", ping).ExitCode);

        ForwardingGuard guard = new() { Owner = Net.Cnm.DesiredState.OwnerId.Host, IPv6 = false };
        Open(guard, FirewallTown.Port("0.0.0.0", 8080), FirewallTown.A);
        Assert.Equal(1, Command.TryRun("ip", ping).ExitCode);
        Assert.True(town.Reaches("out", "192.0.2.1", 8080));

        Command.Run("iptables -I FORWARD -s 192.0.2.2 -d 198.51.100.2 -j ACCEPT");
        Command.Run("iptables -I FORWARD -d 192.0.2.2 -s 198.51.100.2 -j ACCEPT");
        Assert.Equal(0, Command.TryRun("ip", ping).ExitCode);
    });

    private static OpenPort Opened(string address) => new()
    {
        Owner = FirewallTown.A.Owner,
        Bridge = "br-a",
        Protocol = PortProtocol.Tcp,
        ContainerAddress = IPAddress.Parse(address),
        ContainerPort = 80,
    };

    private static IptablesBackend Open(params FirewallPolicy[] policies)
    {
        var backend = new IptablesBackend(new IptablesPrograms(null));
        backend.Change(new FirewallChange(policies, []));
        return backend;
    }

    /// <summary>Where a server sees a connection come from.</summary>
    private static string Client(FirewallTown town, Socket server, string from, string address, int port)
    {
        Assert.True(town.Reaches(from, address, port), $"{from} reaches {address} port {port}");
        using Socket accepted = server.Accept();
        return ((IPEndPoint)accepted.RemoteEndPoint!).Address.ToString();
    }
}
