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

    [KernelFact]
    public void What_was_before_a_boot_says_nothing_of_what_is_after_it()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Assert.Equal("1 1 1", ReadForwarding(host));
        host.Reboot();
        Assert.Equal("0 0 0", ReadForwarding(host));
        host.Shell("sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        host.StartDaemon();
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("1 1 1", ReadForwarding(host));

        // And what the daemon turns on after it is put back.
        host.Reboot();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Assert.Equal("1 1 1", ReadForwarding(host));
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("0 0 0", ReadForwarding(host));
    }

    [KernelFact]
    public void A_link_that_was_renamed_gets_back_what_it_had_after_forwarding_was_turned_on_again_too()
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=1");
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "net1");
        Assert.Equal("2", host.Shell("cat /proc/sys/net/ipv6/conf/lan/accept_ra"));
        host.Shell("ip link set lan down; ip link set lan name wan; ip link set wan up; sysctl -qw net.ipv4.ip_forward=0");
        TestHost.Eventually("forwarding is on again", () => host.Shell("cat /proc/sys/net/ipv4/ip_forward") == "1");
        host.NetctlOk("system", "reset", "-f");
        Assert.Equal("1", host.Shell("cat /proc/sys/net/ipv6/conf/wan/accept_ra"));
    }

    private static string ReadForwarding(TestHost host) => host.Shell(
        "cd /proc/sys/net; cat ipv4/ip_forward ipv4/conf/lan/forwarding ipv6/conf/all/forwarding").Replace('\n', ' ');

    private static string Read(TestHost host) => host.Shell($"cd /proc/sys/net/ipv4; cat {Settings}").Replace('\n', ' ');
}
