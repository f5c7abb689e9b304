using System.Globalization;
using Net.Cnm.DesiredState;
using Net.Cnm.Hosts;
using Net.Kernel.Hosts;
using Net.Kernel.Sysctls;
using Net.Netlink;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Engine;

/// <summary>The facts about the host are kept by events, and are those that a fresh look finds, whatever happens on the host.</summary>
public sealed class KeptFactsTests
{
    // Each changes the host in one way, if it is possible at that moment; what is refused changes nothing.
    private static readonly string[] Changes =
    [
        "ip link add f0 type veth peer name f1", "ip link delete f0", "ip link set f0 up", "ip link set f0 down", "ip link set f1 up",
        "ip address add 10.1.0.1/24 dev f0", "ip address flush dev f0", "ip address add fd01::1/64 dev f0",
        "ip link add br-f type bridge", "ip link set f1 master br-f", "ip link set f1 nomaster", "ip link delete br-f",
        "ip link set br-f up", "ip link set f0 name f2", "ip link set f2 name f0", "ip route add 10.2.0.0/16 via 10.1.0.9",
        "ip route replace 10.2.0.0/16 via 10.1.0.8", "ip route add default via 10.1.0.9", "ip route delete default",
        "ip route add blackhole 10.3.0.0/16", "ip route delete blackhole 10.3.0.0/16", "ip link set f0 mtu 1400", "ip link set lo up",
        "ip -6 route add fd02::/64 dev f0", "ip route append 10.2.0.0/16 via 10.1.0.7 metric 5", "ip route flush 10.2.0.0/16",
        "ip link set f0 up && ip link set f0 alias something", "ip link set f0 up && ip link set f0 group 28515",
        "ip link set f0 up && ip link set f0 group 0", "sysctl -w net.ipv4.ip_forward=1", "sysctl -w net.ipv4.ip_forward=0",
        "ip link add grave1 group 28516 type bridge", "ip link delete grave1", "ip rule add table 77",
        "ip route add 10.9.0.0/16 dev lo table 77",
    ];

    [KernelTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void They_are_what_a_fresh_look_finds_whatever_happens(int seed) => Lab.Run(lab =>
    {
        var random = new Random(seed);
        bool isMade = false;
        for (int step = 0; step < 150; step++)
        {
            string what = Changes[random.Next(Changes.Length)];
            if (random.Next(5) == 0)
            {
                what = isMade ? "ours is removed" : "ours is made";
                lab.Engine.Apply(new StateChange(isMade ? [] : lab.Shape.All, [], isMade ? lab.Shape.All : []));
                isMade = !isMade;
            }
            else
            {
                Command.TryRun("sh", "-c", what);
            }

            if (random.Next(3) == 0)
            {
                (string kept, string fresh) = LookTwice(lab);
                Assert.True(
                    fresh == kept,
                    string.Create(CultureInfo.InvariantCulture, $"seed {seed}, step {step}, after \"{what}\"\n{kept}\n\nnow:\n{fresh}"));
            }
        }
    });

    [KernelFact]
    public void What_we_make_ourselves_costs_no_dump() => HostNamespace.Run(static host =>
    {
        using var lab = new Lab(host);
        using NetlinkConnection connection = NetlinkConnection.Open(NetlinkProtocol.Route);
        using var tables = new HostTables(connection, host.Threads.Home);
        tables.Refresh();
        for (int i = 0; i < 3; i++)
        {
            lab.Add(lab.Shape.All);
            Assert.True(tables.Refresh());
            lab.Remove(lab.Shape.All);
            Assert.True(tables.Refresh());
        }

        Graves.WaitUntilEmpty();
        Assert.True(tables.Refresh());
        Assert.Equal(1, tables.Dumps);
        Assert.False(tables.Refresh());
        Command.Run("ip link add other type bridge");
        tables.Refresh();
        Assert.Equal(2, tables.Dumps);
    });

    // The kernel changes some things by itself a while later, such as the route to link-local addresses of a link that has come up.
    private static (string Kept, string Fresh) LookTwice(Lab lab)
    {
        string kept = Text(lab.Engine.ReadHostFacts());
        while (true)
        {
            string fresh = Text(ReadAnew(lab));
            string after = Text(lab.Engine.ReadHostFacts());
            if (after == kept)
            {
                return (kept, fresh);
            }

            kept = after;
        }
    }

    private static HostFacts ReadAnew(Lab lab)
    {
        using NetlinkConnection connection = NetlinkConnection.Open(NetlinkProtocol.Route);
        using var tables = new HostTables(connection, lab.Host.Threads.Home);
        using var facts = new HostFactsReader(tables, lab.Host.Threads.Home);
        return facts.Read(new AdoptedSettings(lab.Priors, connection, SettingsEra.Of(lab.Host.Threads.Home)).All());
    }

    [KernelFact]
    public void What_the_kernel_does_not_tell_is_found_by_the_next_comparison() => Lab.Run(static lab =>
    {
        Command.Run("ip link add f0 type bridge");
        Assert.Contains("f0", lab.Engine.ReadHostFacts().ForeignLinks);
        Command.Run("ip link set f0 group 28515"); // silent, since f0 is down
        lab.Engine.Diff([]);
        Assert.DoesNotContain("f0", lab.Engine.ReadHostFacts().ForeignLinks);
    });

    private static string Text(HostFacts facts) => string.Join(
        '\n',
        [
            $"egress {facts.EgressMtu}",
            .. facts.Routes.Select(route => $"route {route}").Order(StringComparer.Ordinal),
            .. facts.OwnRoutes.Select(route => $"own {route}").Order(StringComparer.Ordinal),
            .. facts.BroadcastAddresses.Select(address => $"broadcast {address}").Order(StringComparer.Ordinal),
            .. facts.AdvertisedLinks.Select(link => $"advertised {link}"),
            .. facts.ForeignLinks.Select(link => $"foreign {link}").Order(StringComparer.Ordinal),
            .. facts.Links.Select(link => $"link {link}").Order(StringComparer.Ordinal),
            .. facts.ForeignBridges.Select(bridge => $"bridge {bridge}").Order(StringComparer.Ordinal),
            .. facts.ForeignAddresses.Select(address => $"address {address}").Order(StringComparer.Ordinal),
            $"forwarding {facts.IPv4Forwarding} {facts.IPv6Forwarding} {facts.IPv6Available}",
        ]);
}
