using Net.Cnm.Firewalls;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>Who can reach whom: one table, by real sockets, the same for both backends and for both ways a kernel treats bridged
/// packets.</summary>
public class ReachabilityTests
{
    private static readonly (string From, string To, int Port, bool Reached)[] Table =
    [
        ("out", "192.0.2.1", 8080, true),
        ("out", "192.0.2.1", 8082, true),
        ("out", "127.0.0.1", 8081, false), // published on loopback only
        ("out", "172.18.0.2", 80, false), // published, but not by that address
        ("out", "172.18.0.2", 81, false), // not published
        ("out", "172.20.0.2", 81, false), // internal
        ("out", "2001:db8::1", 8080, true),
        ("out", "fd00:a::2", 81, false),
        ("host", "192.0.2.1", 8080, true),
        ("host", "192.0.2.1", 8082, true),
        ("host", "127.0.0.1", 8080, true),
        ("host", "127.0.0.1", 8081, true),
        ("host", "172.18.0.2", 81, true),
        ("host", "2001:db8::1", 8080, true),
        ("host", "fd00:a::2", 81, true),
        ("a1", "172.18.0.3", 81, true), // same network
        ("a1", "fd00:a::3", 81, true),
        ("a1", "192.0.2.1", 8080, true), // itself, by the host
        ("a2", "192.0.2.1", 8080, true), // a neighbour, by the host
        ("a2", "172.18.0.1", 8080, true), // by the gateway
        ("a2", "127.0.0.1", 8081, false),
        ("a1", "192.0.2.2", 7000, true), // out
        ("a1", "2001:db8::2", 7000, true),
        ("b1", "192.0.2.2", 7000, true),
        ("b1", "192.0.2.1", 8080, true), // another network's published port
        ("b1", "172.18.0.2", 80, false),
        ("b1", "172.18.0.2", 81, false),
        ("a1", "172.19.0.2", 81, false),
        ("i1", "172.20.0.3", 81, true),
        ("i1", "192.0.2.2", 7000, false),
        ("i1", "172.18.0.2", 81, false),
        ("i1", "192.0.2.1", 8080, false),
        ("b1", "172.20.0.2", 81, false),
    ];

    [KernelFact]
    public void Iptables_lets_through_what_the_table_says() => Check(() => new IptablesBackend(new IptablesPrograms(null)), 0);

    [KernelFact]
    public void Iptables_lets_through_what_the_table_says_when_bridged_packets_pass_it() =>
        Check(() => new IptablesBackend(new IptablesPrograms(null)), 1);

    [KernelFact]
    public void Nftables_lets_through_what_the_table_says() => Check(() => NftablesBackend.Open(), 0);

    [KernelFact]
    public void Nftables_lets_through_what_the_table_says_when_bridged_packets_pass_it() => Check(() => NftablesBackend.Open(), 1);

    [KernelFact]
    public void A_network_can_be_closed_within_while_it_is_up_iptables() => Close("iptables");

    [KernelFact]
    public void A_network_can_be_closed_within_while_it_is_up_nftables() => Close("nftables");

    private static void Close(string name) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host, bridgeNetfilter: 1);
        town.Listen("a2", "::", 81);
        town.Listen("out", "0.0.0.0", 7000);
        IFirewallBackend backend = Rulesets.Open(name);
        backend.Change(new FirewallChange([FirewallTown.A, FirewallTown.Port("0.0.0.0", 8080, "172.18.0.3", 81)], []));
        Assert.True(town.Reaches("a1", "172.18.0.3", 81));
        BridgePolicy closed = FirewallTown.A with { InterContainer = false };
        backend.Change(new FirewallChange([closed], [FirewallTown.A]));
        Assert.Equal(
            [false, true, true],
            town.ReachEach([("a1", "172.18.0.3", 81), ("a1", "192.0.2.1", 8080), ("a1", "192.0.2.2", 7000)]));
        Assert.True(backend.Diff([closed, FirewallTown.Port("0.0.0.0", 8080, "172.18.0.3", 81)]).IsEmpty);
    });

    private static void Check(Func<IFirewallBackend> open, int bridgeNetfilter) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host, bridgeNetfilter);
        foreach ((string place, string address) in new[] { ("a1", "::"), ("a2", "::"), ("b1", "::"), ("i1", "::"), ("i2", "::") })
        {
            town.Listen(place, address, 80);
            town.Listen(place, address, 81);
        }

        using System.Net.Sockets.Socket outside = town.Listen("out", "0.0.0.0", 7000);
        town.Listen("out", "2001:db8::2", 7000);
        IFirewallBackend backend = open();
        using var disposable = backend as IDisposable;
        backend.Change(new FirewallChange(FirewallTown.Everything, []));

        bool[] reached = town.ReachEach([.. Table.Select(cell => (cell.From, cell.To, cell.Port))]);
        string[] wrong = [.. Table
            .Where((cell, i) => reached[i] != cell.Reached)
            .Select(cell => $"{cell.From} to {cell.To} port {cell.Port} should be {(cell.Reached ? "reached" : "stopped")}")];
        Assert.Equal("", string.Join("; ", wrong));
        Assert.True(town.Answers("out", "a1", "192.0.2.1", 5353, 80), "a datagram to a published port is answered");
        Assert.Equal("192.0.2.1", ((System.Net.IPEndPoint)outside.Accept().RemoteEndPoint!).Address.ToString());

        Command.Run(backend.Name == "iptables" ? "iptables -t raw -F NETCTL" : "nft flush chain ip netctl guard");
        Assert.True(town.Reaches("out", "127.0.0.1", 8081), "without the guard the loopback port would be open: the town is a fair test");

        FirewallPolicy port = FirewallTown.Everything[3];
        backend.Change(new FirewallChange([], [port]));
        Assert.False(town.Reaches("out", "192.0.2.1", 8080));
        Assert.True(town.Reaches("out", "192.0.2.1", 8082));
        backend.Change(new FirewallChange([], [port])); // gone already: no error
    });
}
