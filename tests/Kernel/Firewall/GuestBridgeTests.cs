using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>What the forwarding guard leaves to other programs: the traffic of bridges that connect their containers and
/// virtual machines only, by real sockets and in both families.</summary>
public class GuestBridgeTests
{
    private static readonly FirewallPolicy[] Guards =
    [
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = false },
        new ForwardingGuard { Owner = OwnerId.Host, IPv6 = true },
    ];

    private static readonly FirewallPolicy[] Guests =
    [
        new GuestBridge { Owner = OwnerId.Host, Bridge = "guests1" },
        new GuestBridge { Owner = OwnerId.Host, Bridge = "guests2" },
    ];

    [KernelFact]
    public void Guests_reach_what_is_outside_and_are_reached_by_their_published_ports_only_nftables() => Guarded("nftables");

    [KernelFact]
    public void Guests_reach_what_is_outside_and_are_reached_by_their_published_ports_only_iptables() => Guarded("iptables");

    private static void Guarded(string name) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        IFirewallBackend backend = Rulesets.Open(name);
        town.AddBridge(host, "guests1", "g1", 21);
        town.AddBridge(host, "guests2", "g2", 22);
        town.AddBridge(host, "uplink", "u1", 23);
        Wires.WaitUntilReady();
        Command.Run(
            "nft",
            "add table ip others { chain publish { type nat hook prerouting priority -100; "
            + "ip daddr 192.0.2.1 tcp dport 8080 dnat to 172.21.0.2:80; ip daddr 192.0.2.1 tcp dport 8083 dnat to 172.23.0.2:80; }; }");
        Command.Run(
            "nft",
            "add table ip6 others { chain publish { type nat hook prerouting priority -100; "
            + "ip6 daddr 2001:db8::1 tcp dport 8080 dnat to [fd00:21::2]:80; "
            + "ip6 daddr 2001:db8::1 tcp dport 8083 dnat to [fd00:23::2]:80; }; }");
        foreach (string place in (string[])["a1", "g1", "g2", "u1", "out"])
        {
            town.Listen(place, "::", 80);
        }

        backend.Change(new FirewallChange([FirewallTown.A, .. Guards], []));
        Expect(town, [("g1", Outside, false), ("out", Published, false), ("out", PublishedBehindUplink, false)]);

        backend.Change(new FirewallChange(Guests, []));
        Assert.True(backend.Diff([FirewallTown.A, .. Guards, .. Guests]).IsEmpty);
        Expect(
            town,
            [
                ("g1", Outside, true),
                ("out", Published, true),
                ("out", At(21), false),
                ("g1", At(22), true),
                ("a1", At(21), true),
                ("g1", A1, false),

                // A bridge that leads to other machines is guarded as every link is.
                ("u1", Outside, false),
                ("out", At(23), false),
                ("out", PublishedBehindUplink, false),
                ("u1", At(21), false),
                ("u1", Published, true),
                ("g1", At(23), true),
            ]);

        backend.Change(new FirewallChange([], Guests));
        Assert.True(backend.Diff([FirewallTown.A, .. Guards]).IsEmpty);
        Expect(town, [("g1", Outside, false), ("out", Published, false), ("a1", Outside, true)]);
    });

    private static (string Address, int Port)[] Outside => [("192.0.2.2", 80), ("2001:db8::2", 80)];

    private static (string Address, int Port)[] Published => [("192.0.2.1", 8080), ("2001:db8::1", 8080)];

    private static (string Address, int Port)[] PublishedBehindUplink => [("192.0.2.1", 8083), ("2001:db8::1", 8083)];

    private static (string Address, int Port)[] A1 => [("172.18.0.2", 80), ("fd00:a::2", 80)];

    private static (string Address, int Port)[] At(int number) => [($"172.{number}.0.2", 80), ($"fd00:{number}::2", 80)];

    // A row is about both families.
    private static void Expect(FirewallTown town, IReadOnlyList<(string From, (string Address, int Port)[] To, bool Reached)> table)
    {
        (string From, string Address, int Port, bool Expected)[] all =
            [.. table.SelectMany(row => row.To.Select(to => (row.From, to.Address, to.Port, row.Reached)))];
        bool[] reached = town.ReachEach([.. all.Select(cell => (cell.From, cell.Address, cell.Port))]);
        Assert.Empty(all.Where((cell, i) => reached[i] != cell.Expected));
    }
}
