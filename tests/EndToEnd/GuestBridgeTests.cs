using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Bridges of other programs on a host that the daemon has made forward: those that connect containers and virtual machines only
/// are left to these programs, and the others are guarded, whenever they come, change and go.</summary>
public sealed class GuestBridgeTests
{
    // As Docker, Podman and libvirt do it, without a rule of their own: the machine outside knows the way back.
    private const string MakeGuest =
        """
        ip address add fe80::1/64 dev lan nodad
        ip address add 2001:db8::1/64 dev lan nodad
        ip -n outside address add 2001:db8::2/64 dev lan nodad
        ip -n outside route add 198.18.0.0/24 via 192.0.2.1
        ip -n outside route add fd00:18::/64 via 2001:db8::1
        ip netns add guest
        ip link add virbr7 type bridge
        ip address add 198.18.0.1/24 dev virbr7
        ip address add fd00:18::1/64 dev virbr7 nodad
        ip link set virbr7 up
        ip link add g1 type veth peer name eth0 netns guest
        ip link set g1 master virbr7 up
        ip -n guest address add 198.18.0.2/24 dev eth0
        ip -n guest address add fd00:18::2/64 dev eth0 nodad
        ip -n guest link set eth0 up
        ip -n guest route add default via 198.18.0.1
        ip -n guest route add default via fd00:18::1
        """;

    private const string AddCard =
        """
        ip link add card type dummy || ip link add card type vxlan id 5 dstport 4789
        ip link set card master virbr7
        """;

    [KernelFact]
    public void They_may_forward_as_long_as_no_port_leads_to_other_machines_with_nftables() => Check("nftables");

    [KernelFact]
    public void They_may_forward_as_long_as_no_port_leads_to_other_machines_with_iptables() => Check("iptables");

    private static void Check(string backend)
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0");
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("network", "create", "--ipv6", "n");
        host.Shell(MakeGuest);
        TestHost.Eventually("guests reach what is outside", () => ReachesOut(host));
        Assert.Equal([false, false], ReachedFromOutside(host));
        host.DoctorIsContent();

        host.Shell(AddCard);
        TestHost.Eventually("a bridge with a card is guarded", () => ReachesNothing(host));
        host.DoctorIsContent();
        host.Shell("ip link set card nomaster");
        TestHost.Eventually("a bridge without its card is not", () => ReachesOut(host));

        // What comes and goes while no daemon runs.
        host.KillDaemon();
        host.Shell("ip link set card master virbr7");
        host.StartDaemon("--firewall-backend", backend);
        Assert.True(ReachesNothing(host));
        host.Shell("ip link del card");
        TestHost.Eventually("nor is one whose card has gone", () => ReachesOut(host));
        Assert.Equal([false, false], ReachedFromOutside(host));

        host.Shell("ip link del virbr7");
        host.DoctorIsContent();
        Assert.DoesNotContain("\"virbr7\"", host.Shell("nft list ruleset"), StringComparison.Ordinal);
    }

    private static bool ReachesOut(TestHost host) => FromGuest(host).All(reached => reached);

    private static bool ReachesNothing(TestHost host) => !FromGuest(host).Any(reached => reached);

    private static bool[] FromGuest(TestHost host) =>
    [
        .. ((string[])["192.0.2.2", "2001:db8::2"])
            .Select(address => host.Run("ip", "netns", "exec", "guest", "ping", "-c1", "-W1", address).ExitCode == 0),
    ];

    private static bool[] ReachedFromOutside(TestHost host) =>
        [.. ((string[])["198.18.0.2", "fd00:18::2"]).Select(address => host.Outside("ping", "-c1", "-W1", address).ExitCode == 0)];
}
