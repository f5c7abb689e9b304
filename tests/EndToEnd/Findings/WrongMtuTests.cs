using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>Links that pass larger packets than what comes after them are named.</summary>
public sealed class WrongMtuTests
{
    [KernelFact]
    public void A_network_above_the_hosts_way_out_is_named()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip route add default via 192.0.2.2");
        host.StartDaemon(TestHost.MendsNothing);
        Town.Build(host);
        Assert.True(PingsWhole(host));
        host.Shell("ip link set dev lan mtu 1300");
        Assert.False(PingsWhole(host));
        ToldFinding found = ToldFinding.Only(host, "wrong-mtu", "network front");
        Assert.StartsWith("ip link set dev lan mtu 1500, ", found.Remedy, StringComparison.Ordinal);
        host.Shell(found.Remedy.Split(',')[0]);
        host.Shell("ip -n web route flush cache"); // the container remembers the smaller path MTU for ten minutes (mtu_expires)
        Assert.True(PingsWhole(host));
        Assert.Equal("everything is as it should be", host.NetctlOk("doctor"));
    }

    [KernelFact]
    public void An_MTU_that_was_asked_for_is_a_note()
    {
        using TestHost host = TestHost.Create();
        host.Shell("ip route add default via 192.0.2.2");
        host.StartDaemon(TestHost.MendsNothing);
        host.NetctlOk("network", "create", "-o", "com.docker.network.driver.mtu=9000", "large");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "large", "sleep", "1000");
        Assert.True(ToldFinding.Only(host, "wrong-mtu", "network large").IsNote);
        Assert.Contains("everything is as it should be", host.NetctlOk("doctor"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_container_that_sends_more_than_its_bridge_takes_is_named_and_mended()
    {
        using TestHost host = Town.Open();
        host.Shell("ip -n web link set dev eth0 mtu 9000");
        Assert.False(PingsLarge(host));
        ToldFinding found = ToldFinding.Only(host, "wrong-mtu", "container web");
        found.Follow(host);
        Assert.True(PingsLarge(host));

        host.Shell("ip -n web link set dev eth0 mtu 9000");
        Assert.Contains("mended wrong-mtu: container web: ", host.NetctlOk("doctor", "--fix"), StringComparison.Ordinal);
        Assert.True(PingsLarge(host));
        host.DoctorIsContent();
    }

    // In pieces where the link takes less; in one frame that the other end drops where the link takes too much.
    private static bool PingsLarge(TestHost host) =>
        host.Run("ip", "netns", "exec", "web", "ping", "-q", "-c", "1", "-W", "1", "-s", "4000", "10.88.0.1").ExitCode == 0;

    // To outside, and not in pieces.
    private static bool PingsWhole(TestHost host) =>
        host.Run("ip", "netns", "exec", "web", "ping", "-q", "-c", "1", "-W", "1", "-M", "do", "-s", "1400", "192.0.2.2").ExitCode == 0;
}
