using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>A reset puts back what settings of the host were, those included that the kernel changes along with forwarding, and leaves
/// alone what somebody has set since.</summary>
public sealed class FormerSettingTests
{
    private const string Settings =
        "ip_forward conf/default/forwarding conf/lan/forwarding conf/l1/forwarding conf/l2/forwarding conf/all/accept_redirects";

    [KernelFact]
    public void What_the_kernel_changes_along_with_IPv4_forwarding_is_put_back()
    {
        using TestHost host = TestHost.Create();
        host.Shell(
            """
            ip link add l1 type veth peer name l2
            sysctl -qw net.ipv4.conf.l1.forwarding=1 net.ipv4.conf.all.accept_redirects=0
            """);
        Assert.Equal("0 0 0 1 0 0", Read(host));
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        Assert.Equal("1 1 1 1 1 0", Read(host));
        host.KillDaemon();
        host.StartDaemon();
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("0 0 0 1 0 0", Read(host));

        // The second time they are what they are then.
        host.Shell("sysctl -qw net.ipv4.conf.l1.forwarding=0 net.ipv4.conf.l2.forwarding=1 net.ipv4.conf.all.accept_redirects=1");
        host.NetctlOk("network", "create", "net1");
        Assert.Equal("1 1 1 1 1 0", Read(host));
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("0 0 0 0 1 1", Read(host));
    }

    [KernelFact]
    public void What_somebody_has_set_since_is_left_alone()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip link add l1 type veth peer name l2; sysctl -qw net.ipv4.conf.l1.forwarding=1 net.ipv4.conf.default.forwarding=1");
        host.StartDaemon();
        host.NetctlOk("network", "create", "net1");
        host.Shell("sysctl -qw net.ipv4.conf.l1.forwarding=0 net.ipv4.conf.all.accept_redirects=1; ip link add l3 type veth peer name l4");
        Assert.Equal("1 1 1 0 1 1", Read(host));
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("0 1 0 0 0 1", Read(host));
        Assert.Equal("1", host.Shell("cat /proc/sys/net/ipv4/conf/l3/forwarding")); // it came while default was 1, before and since
    }

    private static string Read(TestHost host) => host.Shell($"cd /proc/sys/net/ipv4; cat {Settings}").Replace('\n', ' ');
}
