using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>MTUs below that of IPv6, and hosts with IPv6 off.</summary>
public sealed class IPv6LimitTests
{
    [KernelFact]
    public void Networks_of_every_MTU_work_and_one_with_IPv6_says_what_it_needs()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        foreach (string mtu in (string[])["68", "1279", "1280", "65535"])
        {
            host.NetctlOk("network", "create", "-o", $"com.docker.network.driver.mtu={mtu}", $"n{mtu}");
            host.NetctlOk("run", "-d", "--name", $"c{mtu}", "--network", $"n{mtu}", "sleep", "1000");
            Assert.Equal(mtu, host.NetctlOk("exec", $"c{mtu}", "cat", "/sys/class/net/eth0/mtu"));
        }

        Output refused = host.Netctl("network", "create", "--ipv6", "-o", "com.docker.network.driver.mtu=1279", "six");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("1280", refused.StandardError, StringComparison.Ordinal);
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    [KernelFact]
    public void Networks_work_where_the_way_out_has_an_MTU_below_that_of_IPv6()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip link set dev lan mtu 1200; ip route add default via 192.0.2.2");
        host.StartDaemon();
        host.NetctlOk("network", "create", "n");
        host.NetctlOk("run", "-d", "--name", "c", "--network", "n", "sleep", "1000");
        Assert.Equal("1200", host.NetctlOk("exec", "c", "cat", "/sys/class/net/eth0/mtu"));
        Output six = host.Netctl("network", "create", "--ipv6", "six");
        Assert.True(six.ExitCode == 0, $"{six}");
        Assert.Contains("IPv6 needs an MTU of 1280", six.StandardError, StringComparison.Ordinal);
        host.NetctlOk("run", "-d", "--name", "c6", "--network", "six", "sleep", "1000");
        Assert.Equal("1280", host.NetctlOk("exec", "c6", "cat", "/sys/class/net/eth0/mtu"));
        string doctor = host.NetctlOk("doctor");
        Assert.StartsWith("note: wrong-mtu: network six: ", doctor, StringComparison.Ordinal);
        Assert.Contains("everything is as it should be; see the note above", doctor, StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_network_with_IPv6_works_where_the_host_has_it_off_and_the_host_keeps_it_off()
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1");
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "six");
        host.NetctlOk("run", "-d", "--name", "a", "--network", "six", "sleep", "1000");
        host.NetctlOk("run", "-d", "--name", "b", "--network", "six", "sleep", "1000");
        TestHost.Eventually("b answers by IPv6", () => host.Netctl("exec", "a", "ping", "-6", "-c1", "-W1", "b").ExitCode == 0);
        Assert.Equal("1\n1\n1", host.Shell("for link in all default lan; do sysctl -n net.ipv6.conf.$link.disable_ipv6; done"));
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }
}
