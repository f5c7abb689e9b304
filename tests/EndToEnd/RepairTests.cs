using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd;

/// <summary>Whatever was done to links, routes and rules, one mending or one start makes it whole, and what worked before works
/// after.</summary>
public sealed class RepairTests
{
    [KernelFact]
    public void A_container_whose_host_link_was_renamed_stays_on_the_network_through_a_start()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        string veth = host.Shell("ip -br link show type veth | grep -o '^veth[0-9a-f]*'");
        string index = host.NetctlOk("exec", "web", "cat", "/sys/class/net/eth0/ifindex");
        string before = KernelState.Of(host);
        host.Shell($"ip link set dev {veth} name foo0");
        host.KillDaemon();
        host.StartDaemon();

        Assert.Equal("everything is as it should be", host.Netctl("doctor").StandardOutput.TrimEnd());
        Assert.Equal(index, host.NetctlOk("exec", "web", "cat", "/sys/class/net/eth0/ifindex"));
        AssertReachesGateway(host, "web");
        Assert.Equal(before, KernelState.Of(host));
    }

    [KernelFact]
    public void Right_after_a_start_that_made_a_link_anew_the_doctor_finds_nothing()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "--ipv6", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        string veth = host.Shell("ip -br link show type veth | grep -o '^veth[0-9a-f]*'");
        string tag = host.Shell($"ip -d link show dev {veth} | sed -n 's/.*alias //p'");
        host.KillDaemon();

        // As the link of a container looks whose other end went with its old namespace: ours by name and tag, and not whole.
        host.Shell(
            $"""
            ip link delete {veth}
            ip link add {veth} group 28515 type veth peer name lost
            ip link set dev {veth} alias {tag}
            for setting in ipv4/conf/{veth}/accept_redirects ipv6/conf/{veth}/accept_redirects ipv6/conf/{veth}/accept_ra; do
                echo 0 >/proc/sys/net/$setting
            done
            """);
        host.StartDaemon();
        Assert.Equal("everything is as it should be", host.Netctl("doctor").StandardOutput.TrimEnd());
        AssertReachesGateway(host, "web");
    }

    [KernelFact]
    public void Killed_while_it_works_ten_times_the_doctor_finds_nothing_right_after_each_start()
    {
        using TestHost host = TestHost.Create();
        for (int round = 0; round < 10; round++)
        {
            host.StartDaemon();
            Output doctor = host.Netctl("doctor");
            Assert.True(doctor.ExitCode == 0, $"round {round}: {doctor}\n{host.DaemonLog}");
            using System.Diagnostics.Process work = host.Start(
                "sh", "-c", "\"$NETCTL\" rm -f web; \"$NETCTL\" run -d --name web -p 8080:80 sleep 1000; \"$NETCTL\" network create n");
            Thread.Sleep(15 * round);
            host.KillDaemon();
            work.WaitForExit();
        }
    }

    [KernelFact]
    public void All_that_can_be_mended_in_a_container_is_mended_at_once()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon(TestHost.MendsNothing);
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        string before = KernelState.Of(host);
        host.Shell("ip netns exec web ip route flush table main; ip netns exec web nft delete table inet netctl");
        Output fix = host.Netctl("doctor", "--fix");
        Assert.True(fix.ExitCode == 0, $"{fix}");
        AssertReachesGateway(host, "web");
        Assert.NotEqual("", host.Dig("web", "web"));
        Assert.Equal(before, KernelState.Of(host));
    }

    [KernelFact]
    public void A_resolvers_rules_that_are_right_are_not_made_anew_by_a_start()
    {
        using TestHost host = TestHost.Create();
        host.StartDaemon();
        host.NetctlOk("network", "create", "front");
        host.NetctlOk("run", "-d", "--name", "web", "--network", "front", "sleep", "1000");
        string rules = host.Shell("ip netns exec web nft -a list ruleset");
        host.KillDaemon();
        host.StartDaemon();
        Assert.Equal(rules, host.Shell("ip netns exec web nft -a list ruleset"));
        Assert.NotEqual("", host.Dig("web", "web"));
    }

    private static void AssertReachesGateway(TestHost host, string container)
    {
        Output ping = host.Netctl(
            "exec", container, "sh", "-c", "ping -c1 -w3 $(ip route show default | sed 's/.*via \\([0-9.]*\\).*/\\1/')");
        Assert.True(ping.ExitCode == 0, $"{ping}");
    }
}
