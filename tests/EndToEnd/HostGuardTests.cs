using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What the daemon's being there does not open: the host is no router for others, and no policy of a chain is another.</summary>
public sealed class HostGuardTests
{
    // A second wire: what comes from outside and goes there touches no network of ours.
    private const string SecondWire =
        """
        ip netns add third
        ip link add third type veth peer name lan netns third
        ip address add 198.51.100.1/24 dev third
        ip link set third up
        ip -n third address add 198.51.100.2/24 dev lan
        ip -n third link set lan up
        ip -n third route add default via 198.51.100.1
        ip -n outside route add 198.51.100.0/24 via 192.0.2.1
        """;

    [KernelFact]
    public void A_host_that_did_not_forward_forwards_for_our_networks_only_with_iptables() => Closed("iptables");

    [KernelFact]
    public void A_host_that_did_not_forward_forwards_for_our_networks_only_with_nftables() => Closed("nftables");

    [KernelFact]
    public void A_host_that_did_forward_goes_on_with_iptables() => Open("iptables");

    [KernelFact]
    public void A_host_that_did_forward_goes_on_with_nftables() => Open("nftables");

    [KernelFact]
    public void A_bridge_of_another_program_goes_on_with_iptables() => Bridged("iptables");

    [KernelFact]
    public void A_bridge_of_another_program_goes_on_with_nftables() => Bridged("nftables");

    private static void Bridged(string backend)
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=0 net.ipv6.conf.all.forwarding=0");
        host.Shell(SecondWire);
        host.Shell(
            """
            ip link add foreign type bridge
            ip link set foreign up
            for i in 2 3; do
              ip netns add f$i
              ip link add f$i type veth peer name eth0 netns f$i
              ip link set f$i master foreign up
              ip -n f$i address add 198.18.0.$i/24 dev eth0
              ip -n f$i address add fd00:f::$i/64 dev eth0 nodad
              ip -n f$i link set eth0 up
            done
            test ! -e /proc/sys/net/bridge || sysctl -qw net.bridge.bridge-nf-call-iptables=1 net.bridge.bridge-nf-call-ip6tables=1
            """);
        const string Ping = "ip netns exec f2 ping -c1 -w10 198.18.0.3; ip netns exec f2 ping -c1 -w10 fd00:f::3";
        host.Shell(Ping);
        host.StartDaemon("--firewall-backend", backend);
        host.Shell(Ping);
        host.NetctlOk("network", "create", "--ipv6", "n");
        host.Shell(Ping);
        Assert.NotEqual(0, host.Outside("ping", "-c1", "-W1", "198.51.100.2").ExitCode);
    }

    private static void Closed(string backend)
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=0");
        host.Shell(SecondWire);
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("create", "--name", "c");
        Assert.Equal("1", host.Shell("cat /proc/sys/net/ipv4/ip_forward"));
        Assert.Equal(0, host.Netctl("exec", "c", "ping", "-c1", "-w10", "198.51.100.2").ExitCode);
        Assert.NotEqual(0, host.Outside("ping", "-c1", "-W1", "198.51.100.2").ExitCode);

        // Also for a daemon that finds forwarding on because one before turned it on.
        host.KillDaemon();
        host.StartDaemon("--firewall-backend", backend);
        Assert.NotEqual(0, host.Outside("ping", "-c1", "-W1", "198.51.100.2").ExitCode);

        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("0", host.Shell("cat /proc/sys/net/ipv4/ip_forward"));
    }

    private static void Open(string backend)
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=1");
        host.Shell(SecondWire);
        host.Shell("iptables -P INPUT ACCEPT; ip6tables -P FORWARD DROP");
        string policies = Policies(host);
        host.StartDaemon("--firewall-backend", backend);
        host.NetctlOk("network", "create", "--ipv6", "n");
        host.NetctlOk("create", "--name", "c", "--network", "n", "-p", "8080:80");
        Assert.Equal(0, host.Outside("ping", "-c1", "-w10", "198.51.100.2").ExitCode);
        Assert.Equal(policies, Policies(host));
    }

    private static string Policies(TestHost host) =>
        host.Shell("for p in iptables ip6tables; do for t in filter nat mangle raw; do $p -t $t -S | grep '^-P'; done; done");
}
