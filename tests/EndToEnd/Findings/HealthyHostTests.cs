using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>On a host where everything works, doctor finds nothing: no fault and no note.</summary>
public sealed class HealthyHostTests
{
    [KernelFact]
    public void Nothing_is_found_on_a_host_that_works_with_iptables() => Quiet("iptables");

    [KernelFact]
    public void Nothing_is_found_on_a_host_that_works_with_nftables() => Quiet("nftables");

    private static void Quiet(string backend)
    {
        using TestHost host = TestHost.Create();
        host.Shell(
            """
            ip route add default via 192.0.2.2
            sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.lan.rp_filter=1
            ip link add docker0 type bridge
            ip address add 172.17.0.1/16 dev docker0
            ip link set docker0 up
            """);
        host.StartDaemon("--firewall-backend", backend);
        Town.Build(host, "--ipv6");
        host.NetctlOk("network", "create", "--internal", "inner");
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.gateway_mode_ipv4=routed", "routed");
        host.NetctlOk("network", "create", "-o", "com.docker.network.bridge.enable_icc=false", "apart");
        host.NetctlOk(
            "network", "create", "-d", "macvlan", "-o", "parent=lan", "--subnet", "192.0.2.0/24", "--ip-range", "192.0.2.128/28", "l2");
        host.NetctlOk("run", "-d", "--name", "db", "--network", "inner", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "open", "--network", "routed", "-p", "7001:80", "sleep", "1000");
        host.NetctlOk(
            "run", "-d", "--name", "alone", "--network", "apart", "-p", "127.0.0.1:7002:80", "-p", "7003:80/udp", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "near", "--network", "l2", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "far", "--network", "host", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "shared", "--network", "container:web", "sleep", "1000");
        host.NetctlOk("network", "connect", "inner", "web");
        host.NetctlOk("run", "-d", "--name", "done", "--network", "front", "-p", "7004:80", "true");
        Town.Works(host);
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor", "--fix"));
    }
}
