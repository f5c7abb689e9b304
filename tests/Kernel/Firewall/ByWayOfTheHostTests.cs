using Net.Cnm.Firewalls;
using Net.Firewall.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>What a container that may set its own routes gains by sending through its gateway: the same with both backends.</summary>
public class ByWayOfTheHostTests
{
    [KernelFact]
    public void A_closed_routed_network_stays_closed_to_ping_iptables() => PingNeighbour("iptables");

    [KernelFact]
    public void A_closed_routed_network_stays_closed_to_ping_nftables() => PingNeighbour("nftables");

    [KernelFact]
    public void An_internal_network_does_not_reach_the_hosts_loopback_iptables() => ReachLoopback("iptables");

    [KernelFact]
    public void An_internal_network_does_not_reach_the_hosts_loopback_nftables() => ReachLoopback("nftables");

    [KernelFact]
    public void The_host_redirects_no_container() => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        RouteByGateway();
        Command.Run("sysctl -qw net.ipv4.conf.all.send_redirects=1 net.ipv4.conf.br-a.send_redirects=0");
        using NftablesBackend backend = NftablesBackend.Open();
        backend.Change(new FirewallChange(
            [FirewallTown.A, EveryPolicy.OnLink("v-a1", "02:42:00:00:00:01", null, null) with { AntiSpoof = false }], []));
        Command.Run("ip netns exec a1 ping -c 2 -i 0.2 172.18.0.3");
        Command.Run("ip netns exec a1 ping -c 2 -i 0.2 fd00:a::3");
        Assert.All(Redirects("a2"), count => Assert.NotEqual("0", count)); // without a policy: the town is a fair test
        Assert.Equal(["0", "0"], Redirects("a1"));
    });

    private static string[] Redirects(string place) =>
    [
        .. Command.Run($"ip netns exec {place} nstat -asz IcmpInRedirects Icmp6InRedirects").Split('\n')
            .Where(line => line.StartsWith("Icmp", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]),
    ];

    private static void RouteByGateway()
    {
        foreach ((string place, string neighbour) in (ReadOnlySpan<(string, string)>)[("a1", "3"), ("a2", "2")])
        {
            Command.Run($"ip -n {place} route add 172.18.0.{neighbour}/32 via 172.18.0.1");
            Command.Run($"ip -n {place} route add fd00:a::{neighbour}/128 via fd00:a::1");
        }
    }

    private static void PingNeighbour(string name) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        RouteByGateway();
        IFirewallBackend backend = Rulesets.Open(name);
        using var opened = backend as IDisposable;
        BridgePolicy routed = FirewallTown.A with { GatewayModeIPv4 = GatewayMode.Routed, GatewayModeIPv6 = GatewayMode.Routed };
        backend.Change(new FirewallChange([routed], []));
        Assert.Equal([true, true], Pings());
        backend.Change(new FirewallChange([routed with { InterContainer = false }], [routed]));
        Assert.Equal([false, false], Pings());
    });

    // Others set route_localnet for all links: kube-proxy does.
    private static void ReachLoopback(string name) => HostNamespace.Run(host =>
    {
        using var town = new FirewallTown(host);
        Command.Run("sysctl -qw net.ipv4.conf.all.route_localnet=1");
        Command.Run("ip -n i1 addr flush dev lo");
        Command.Run("ip netns exec i1 sysctl -qw net.ipv4.conf.all.route_localnet=1");
        Command.Run("ip -n i1 route add 127.0.0.0/8 via 172.20.0.1 src 172.20.0.2");
        town.Listen("host", "127.0.0.1", 7071);
        Assert.True(town.Reaches("i1", "127.0.0.1", 7071), "without a policy it is reached: the town is a fair test");
        IFirewallBackend backend = Rulesets.Open(name);
        using var opened = backend as IDisposable;
        backend.Change(new FirewallChange([FirewallTown.Internal], []));
        Assert.False(town.Reaches("i1", "127.0.0.1", 7071));
    });

    private static bool[] Pings() => [Ping("172.18.0.3"), Ping("fd00:a::3")];

    private static bool Ping(string address) => Command.TryRun("ip", "netns", "exec", "a1", "ping", "-c1", "-W1", address).ExitCode == 0;
}
