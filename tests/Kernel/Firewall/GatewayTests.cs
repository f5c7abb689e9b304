using System.Net;
using System.Net.Sockets;

using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Cnm.Ports;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>How a network is joined to what is outside, with nftables: by real sockets, in every gateway mode.</summary>
public class GatewayTests
{
    [KernelFact]
    public void In_a_routed_network_open_ports_are_reached_by_the_containers_address_and_clients_keep_theirs() =>
        Run((town, backend, outside) =>
    {
        BridgePolicy routed = FirewallTown.A with { GatewayModeIPv4 = GatewayMode.Routed, GatewayModeIPv6 = GatewayMode.Routed };
        backend.Change(new FirewallChange(
            [routed, FirewallTown.B, Open("172.18.0.2", 80), Open("172.18.0.2", 9000, 3), Open("fd00:a::2", 80)], []));
        Expect(
            town,
            ("out", "172.18.0.2", 80, true),
            ("out", "172.18.0.2", 81, false),
            ("out", "172.18.0.3", 80, false),
            ("out", "172.18.0.2", 9000, true),
            ("out", "172.18.0.2", 9002, true),
            ("out", "172.18.0.2", 9003, false),
            ("out", "fd00:a::2", 80, true),
            ("out", "fd00:a::2", 81, false),
            ("b1", "172.18.0.2", 80, true),
            ("b1", "172.18.0.2", 81, false));
        Command.Run("ip netns exec out ping -c 1 -w 10 172.18.0.3");
        Command.Run("ip netns exec out ping -c 1 -w 10 fd00:a::3");
        Assert.Equal("172.18.0.2", Seen(town, outside, "a1"));
        Assert.Equal("192.0.2.1", Seen(town, outside, "b1"));
    });

    [KernelFact]
    public void In_an_unprotected_network_all_ports_are_reached_and_clients_are_masqueraded() => Run((town, backend, outside) =>
    {
        backend.Change(new FirewallChange([FirewallTown.A with { GatewayModeIPv4 = GatewayMode.NatUnprotected }], []));
        Expect(town, ("out", "172.18.0.2", 80, true), ("out", "172.18.0.3", 81, true), ("out", "fd00:a::2", 80, false));
        Assert.Equal("192.0.2.1", Seen(town, outside, "a1"));
    });

    [KernelFact]
    public void What_leaves_gets_the_address_that_was_asked_for_or_keeps_its_own() => Run((town, backend, outside) =>
    {
        Command.Run("ip addr add 192.0.2.77/24 dev ext");
        BridgePolicy asked = FirewallTown.A with { SourceIPv4 = IPAddress.Parse("192.0.2.77") };
        backend.Change(new FirewallChange([asked, FirewallTown.B], []));
        Assert.Equal("192.0.2.77", Seen(town, outside, "a1"));
        Assert.Equal("192.0.2.1", Seen(town, outside, "b1"));
        backend.Change(new FirewallChange([FirewallTown.A with { Masquerade = false }], [asked]));
        Assert.Equal("172.18.0.2", Seen(town, outside, "a1"));
    });

    [KernelFact]
    public void A_client_on_another_network_of_ours_keeps_its_address() => Run((town, backend, _) =>
    {
        backend.Change(new FirewallChange([FirewallTown.A, FirewallTown.B, FirewallTown.Port("0.0.0.0", 8080, containerPort: 7080)], []));
        using Socket server = town.Listen("a1", "0.0.0.0", 7080);
        Assert.Equal(
            [true, true, true, true],
            town.ReachEach(
                [("b1", "192.0.2.1", 8080), ("out", "192.0.2.1", 8080), ("a2", "192.0.2.1", 8080), ("host", "127.0.0.1", 8080)]));
        Assert.Equal(["172.18.0.1", "172.18.0.1", "172.19.0.2", "192.0.2.2"], Enumerable.Range(0, 4).Select(_ => Accepted(server)).Order());
    });

    [KernelFact]
    public void A_trusted_link_reaches_all_ports_of_its_network_only() => Run((town, backend, _) =>
    {
        var trusted = new TrustedLink { Owner = FirewallTown.A.Owner, Bridge = "br-a", Link = "ext" };
        backend.Change(new FirewallChange([FirewallTown.A, FirewallTown.B, trusted], []));
        Expect(
            town,
            ("out", "172.18.0.2", 81, true),
            ("out", "fd00:a::2", 81, true),
            ("out", "172.19.0.2", 81, false),
            ("b1", "172.18.0.2", 81, false));
        backend.Change(new FirewallChange([], [trusted]));
        Expect(town, ("out", "172.18.0.2", 81, false));
    });

    [KernelFact]
    public void Where_forwarding_is_on_for_containers_only_strangers_are_not_forwarded() => Run((town, backend, _) =>
    {
        backend.Change(new FirewallChange([FirewallTown.A], [])); // i1 is a stranger here, its bridge has no policy
        Expect(town, ("out", "172.20.0.2", 80, true), ("a1", "192.0.2.2", 7000, true));
        var guard = new ForwardingGuard { Owner = OwnerId.Host, IPv6 = false };
        backend.Change(new FirewallChange([guard], []));
        Expect(town, ("out", "172.20.0.2", 80, false), ("a1", "192.0.2.2", 7000, true), ("a1", "172.18.0.3", 80, true));
        backend.Change(new FirewallChange([], [guard]));
        Expect(town, ("out", "172.20.0.2", 80, true));
    });

    [KernelFact]
    public void A_drop_of_the_administrators_is_final_and_an_accept_is_not() => Run((town, backend, _) =>
    {
        backend.Change(new FirewallChange([FirewallTown.A, FirewallTown.Port("0.0.0.0", 8080)], []));
        Command.Run("nft add rule inet netctl-user forward tcp dport 81 accept");
        Expect(town, ("out", "192.0.2.1", 8080, true), ("out", "172.18.0.2", 81, false));
        Command.Run("nft add rule inet netctl-user forward ip saddr 192.0.2.2 drop");
        Expect(town, ("out", "192.0.2.1", 8080, false), ("host", "192.0.2.1", 8080, true));
    });

    [KernelFact]
    public void From_link_local_addresses_nothing_is_translated() => Run((town, backend, outside) =>
    {
        backend.Change(new FirewallChange([FirewallTown.A, FirewallTown.Port("::", 8080, "fd00:a::2")], []));
        Command.Run("ip addr add fe80::1/64 dev ext nodad");
        Command.Run("ip -n out addr add fe80::2/64 dev eth0 nodad");
        string scope = Command.Json("ip -n out -j link show eth0")[0]
            .GetProperty("ifindex")
            .GetInt32()
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        using Socket held = town.Listen("host", "::", 8080);
        Expect(town, ("out", $"fe80::1%{scope}", 8080, true));
        Assert.StartsWith("fe80::2", Accepted(held), StringComparison.Ordinal);
    });

    private static void Run(Action<FirewallTown, NftablesBackend, Socket> body) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        using NftablesBackend backend = NftablesBackend.Open();
        foreach (string place in new[] { "a1", "a2", "b1", "i1" })
        {
            town.Listen(place, "::", 80);
            town.Listen(place, "::", 81);
        }

        foreach (int port in new[] { 9000, 9002, 9003 })
        {
            town.Listen("a1", "0.0.0.0", port);
        }

        body(town, backend, town.Listen("out", "0.0.0.0", 7000));
    });

    private static void Expect(FirewallTown town, params (string From, string To, int Port, bool Reached)[] table)
    {
        bool[] reached = town.ReachEach([.. table.Select(cell => (cell.From, cell.To, cell.Port))]);
        Assert.Empty(table.Where((cell, i) => reached[i] != cell.Reached));
    }

    /// <summary>The address that a server outside sees.</summary>
    private static string Seen(FirewallTown town, Socket outside, string from)
    {
        Assert.True(town.Reaches(from, "192.0.2.2", 7000));
        return Accepted(outside);
    }

    private static string Accepted(Socket server)
    {
        Assert.True(server.Poll(TimeSpan.FromSeconds(5), SelectMode.SelectRead), "the connection arrives where it is expected");
        using Socket accepted = server.Accept();
        return ((IPEndPoint)accepted.RemoteEndPoint!).Address is { IsIPv4MappedToIPv6: true } mapped
            ? mapped.MapToIPv4().ToString()
            : ((IPEndPoint)accepted.RemoteEndPoint!).Address.ToString();
    }

    private static OpenPort Open(string address, ushort port, ushort count = 1) => new()
    {
        Owner = FirewallTown.A.Owner,
        Bridge = "br-a",
        Protocol = PortProtocol.Tcp,
        ContainerAddress = IPAddress.Parse(address),
        ContainerPort = port,
        Count = count,
    };
}
