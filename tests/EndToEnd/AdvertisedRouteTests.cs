using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A host that has its own IPv6 by router advertisement keeps it when it begins to forward.</summary>
public sealed class AdvertisedRouteTests
{
    [KernelFact]
    public void IPv6_forwarding_does_not_take_the_hosts_own_default_route_away()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip address add 2001:db8::1/64 dev lan nodad; ip -6 route add default via 2001:db8::2 dev lan proto ra");
        host.StartDaemon();
        Assert.Equal("1", host.Shell("cat /proc/sys/net/ipv6/conf/lan/accept_ra"));
        host.NetctlOk("network", "create", "--ipv6", "net1");
        host.NetctlOk("network", "create", "--ipv6", "net2");
        Assert.Equal("2", host.Shell("cat /proc/sys/net/ipv6/conf/lan/accept_ra"));

        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("1", host.Shell("cat /proc/sys/net/ipv6/conf/lan/accept_ra"));
    }
}
