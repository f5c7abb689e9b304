using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A host that has its own IPv6 by router advertisement keeps it when it begins to forward.</summary>
public sealed class AdvertisedRouteTests
{
    // One router advertisement (RFC 4861 4.2) with a lifetime of half an hour, from the machine outside.
    private const string Advertise =
        """
        import socket
        s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        s.bind(("fe80::2", 0, 0, socket.if_nametoindex("lan")))
        s.sendto(bytes([134, 0, 0, 0, 64, 0, 1800 >> 8, 1800 & 255] + [0] * 8), ("ff02::1", 0, 0, socket.if_nametoindex("lan")))
        """;

    [KernelFact]
    public void IPv6_forwarding_does_not_take_the_hosts_own_default_route_away()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip address add 2001:db8::1/64 dev lan nodad; ip -6 route add default via 2001:db8::2 dev lan proto ra");
        host.StartDaemon();
        Assert.Equal("1", AcceptRa(host, "lan"));
        host.NetctlOk("network", "create", "--ipv6", "net1");
        host.NetctlOk("network", "create", "--ipv6", "net2");
        Assert.Equal("2", AcceptRa(host, "lan"));

        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("1", AcceptRa(host, "lan"));
    }

    [KernelFact]
    public void An_advertisement_that_comes_after_the_network_is_accepted()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip -n outside address add fe80::2/64 dev lan nodad; ip address add fe80::1/64 dev lan nodad");
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Output sent = host.Outside("python3", "-c", Advertise);
        Assert.True(sent.ExitCode == 0, $"{sent}");
        TestHost.Eventually(
            "the host has the default route",
            () => host.Shell("ip -6 route show default").Contains("via fe80::2 dev lan proto ra", StringComparison.Ordinal));
    }

    [KernelFact]
    public void Each_link_that_would_accept_advertisements_goes_on_doing_so_also_one_that_comes_later_and_no_other_does()
    {
        using TestHost host = TestHost.Create();
        host.Shell(
            """
            ip link add refuses type veth peer name routes
            ip link add own type veth peer name own-peer
            sysctl -qw net.ipv6.conf.refuses.accept_ra=0 net.ipv6.conf.routes.forwarding=1 net.ipv6.conf.own.accept_ra=2
            """);
        host.StartDaemon();
        host.NetctlOk("network", "create", "net0");
        Assert.Equal("1", AcceptRa(host, "lan"));
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Assert.Equal(["2", "0", "1", "2"], new[] { "lan", "refuses", "routes", "own" }.Select(link => AcceptRa(host, link)));

        host.Shell("ip link add later type veth peer name later-peer");
        TestHost.Eventually(
            "links that come later go on accepting",
            () => AcceptRa(host, "later") == "2" && AcceptRa(host, "later-peer") == "2");
        host.Shell(
            """
            sysctl -qw net.ipv6.conf.later-peer.accept_ra=0
            ip link set later-peer up
            ip link add last type veth peer name last-peer
            """);
        TestHost.Eventually("so does the next", () => AcceptRa(host, "last") == "2");
        Assert.Equal("0", AcceptRa(host, "later-peer"));
        host.DoctorIsContentAtOnce();

        // A link that comes while no daemon runs.
        host.KillDaemon();
        host.Shell("ip link add meanwhile type veth peer name meanwhile-peer");
        host.StartDaemon();
        TestHost.Eventually("it is found at the start", () => AcceptRa(host, "meanwhile") == "2");
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(
            ["1", "0", "1", "2", "1", "1", "1"],
            new[] { "lan", "refuses", "routes", "own", "later", "last", "meanwhile" }.Select(link => AcceptRa(host, link)));
    }

    [KernelFact]
    public void A_link_that_forwarded_before_the_host_did_begins_to_accept_nothing()
    {
        using TestHost host = TestHost.Create();
        host.Shell(
            """
            ip link add l1 type veth peer name l2
            sysctl -qw net.ipv6.conf.l1.forwarding=1
            ip -n outside address add fe80::2/64 dev lan nodad
            ip address add fe80::1/64 dev lan nodad
            """);
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Assert.Equal(["1", "2"], new[] { "l1", "l2" }.Select(link => AcceptRa(host, link)));

        host.Shell("ip link set l1 up; ip link add later type veth peer name later-peer");
        TestHost.Eventually("links are followed", () => AcceptRa(host, "later") == "2" && AcceptRa(host, "later-peer") == "2");
        Assert.Equal("1", AcceptRa(host, "l1"));

        // Under another name it is the same link, and a link that gets its name is another one.
        host.Shell(
            """
            ip link set l1 down
            ip link set l1 name router
            ip link add l1 type veth peer name l1-peer
            """);
        TestHost.Eventually("links are followed", () => AcceptRa(host, "l1") == "2");
        Assert.Equal("1", AcceptRa(host, "router"));

        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net2");
        host.Shell("ip link add last type veth peer name last-peer");
        TestHost.Eventually("links are followed", () => AcceptRa(host, "last") == "2");
        Assert.Equal("1", AcceptRa(host, "router"));
        host.DoctorIsContentAtOnce();

        Output sent = host.Outside("python3", "-c", Advertise);
        Assert.True(sent.ExitCode == 0, $"{sent}");
        TestHost.Eventually("the host has the default route", () => host.Shell("ip -6 route show default") != "");
        host.NetctlOk("system", "reset", "-f");
        Assert.Contains("via fe80::2 dev lan proto ra", host.Shell("ip -6 route show default"), StringComparison.Ordinal);
        string[] links = ["router", "l1", "l2", "later", "last"];
        Assert.All(links, link => Assert.Equal("1", AcceptRa(host, link)));
        Assert.Equal(["1", "0", "0", "0", "0"], links.Select(link => Forwarding(host, link)));
        Assert.Equal(["0", "0"], new[] { "all", "default" }.Select(link => Forwarding(host, link)));
    }

    [KernelFact]
    public void Where_links_forward_by_default_those_that_come_later_accept_nothing()
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv6.conf.default.forwarding=1; ip link add l1 type veth peer name l2");
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Assert.Equal(["2", "1"], new[] { "lan", "l1" }.Select(link => AcceptRa(host, link)));

        host.Shell("ip link add later type veth peer name later-peer");
        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal(["2", "1", "1"], new[] { "lan", "l1", "later" }.Select(link => AcceptRa(host, link)));

        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(
            ["0", "1", "0", "1", "1"], new[] { "all", "default", "lan", "l1", "later" }.Select(link => Forwarding(host, link)));
    }

    [KernelFact]
    public void A_zero_that_was_set_meanwhile_stays_over_a_reset()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip link add l1 type veth peer name l2");
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Assert.Equal(["2", "2"], new[] { "l1", "l2" }.Select(link => AcceptRa(host, link)));
        host.Shell("sysctl -qw net.ipv6.conf.l2.accept_ra=0");
        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("network", "rm", "net1");
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal(["1", "0"], new[] { "l1", "l2" }.Select(link => AcceptRa(host, link)));
    }

    private static string Forwarding(TestHost host, string link) => host.Shell($"cat /proc/sys/net/ipv6/conf/{link}/forwarding");

    private static string AcceptRa(TestHost host, string link) => host.Shell($"cat /proc/sys/net/ipv6/conf/{link}/accept_ra");
}
