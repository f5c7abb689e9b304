using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>What a container does to its own network holds nobody up: operations succeed, the log says what waits, and a later mending does
/// it.</summary>
public sealed class ContainersOwnDoingTests
{
    [KernelFact]
    public void A_container_that_has_downed_another_link_is_disconnected_and_its_route_comes_when_the_link_is_up()
    {
        using TestHost host = TwoNetworks();
        host.NetctlOk("exec", "web", "ip", "link", "set", "dev", "eth1", "down");
        host.NetctlOk("network", "disconnect", "one", "web");
        Assert.Contains("container has changed its own network", host.DaemonLog, StringComparison.Ordinal);
        Output doctor = host.Netctl("doctor", "--fix");
        Assert.Equal(1, doctor.ExitCode);
        Assert.Contains("link eth1 of web is down", doctor.StandardOutput, StringComparison.Ordinal);
        Assert.Contains("state DOWN", host.NetctlOk("exec", "web", "ip", "link", "show", "dev", "eth1"), StringComparison.Ordinal);

        host.NetctlOk("exec", "web", "ip", "link", "set", "dev", "eth1", "up");
        Output fixedNow = host.Netctl("doctor", "--fix");
        Assert.True(fixedNow.ExitCode == 0, $"{fixedNow}");
        Assert.Contains("dev eth1", host.NetctlOk("exec", "web", "ip", "route", "show", "default"), StringComparison.Ordinal);
    }

    [KernelFact]
    public void A_container_with_a_device_of_its_own_in_the_way_is_connected_by_the_next_name()
    {
        using TestHost host = TwoNetworks();
        host.NetctlOk("network", "create", "three");
        host.NetctlOk("exec", "web", "ip", "link", "add", "eth2", "type", "bridge");
        Output refused = host.Netctl(
            "network", "connect", "--driver-opt", "com.docker.network.endpoint.ifname=eth2", "three", "web");
        Assert.Contains("web has a device eth2 already", refused.StandardError, StringComparison.Ordinal);
        Assert.DoesNotContain("web", host.NetctlOk("network", "inspect", "three"), StringComparison.Ordinal);

        host.NetctlOk("network", "connect", "three", "web");
        string address = host.NetctlOk("inspect", "-f", "{{(index .NetworkSettings.Networks \"three\").IPAddress}}", "web");
        Assert.Contains(address, host.NetctlOk("exec", "web", "ip", "-4", "addr", "show", "dev", "eth3"), StringComparison.Ordinal);
        Output doctor = host.Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"{doctor}");
    }

    [KernelFact]
    public void A_container_that_has_taken_everything_apart_can_be_connected_disconnected_stopped_and_removed()
    {
        using TestHost host = TwoNetworks();
        host.NetctlOk("network", "create", "three");
        host.NetctlOk(
            "exec",
            "web",
            "sh",
            "-c",
            "ip link delete eth0; ip link set dev eth1 name mine; ip link set dev lo down; ip route flush table main; nft flush ruleset; "
                + "ip rule flush; true");
        host.NetctlOk("network", "connect", "three", "web");
        host.NetctlOk("network", "disconnect", "one", "web");
        host.NetctlOk("network", "disconnect", "two", "web");
        host.NetctlOk("stop", "-t", "0", "web");
        Output doctor = host.Netctl("doctor");
        Assert.True(doctor.ExitCode == 0, $"{doctor}");
        host.NetctlOk("rm", "-f", "web");
        host.NetctlOk("network", "rm", "one", "two", "three");
    }

    private static TestHost TwoNetworks()
    {
        TestHost host = TestHost.Create();
        host.StartDaemon(TestHost.MendsNothing);
        host.NetctlOk("network", "create", "one");
        host.NetctlOk("network", "create", "two");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "one", "sleep", "1000");
        host.NetctlOk("network", "connect", "two", "web");
        return host;
    }
}
