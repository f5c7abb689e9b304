using Net.Tests.TestKit;

namespace Net.Tests.EndToEnd.Findings;

/// <summary>Forwarding that is off for the host or for one link is named, and turned on where the link is ours.</summary>
public sealed class ForwardingOffTests
{
    [KernelFact]
    public void A_link_to_the_outside_that_does_not_forward_is_named()
    {
        using TestHost host = Town.Open();
        host.Shell("sysctl -qw net.ipv4.conf.lan.forwarding=0");
        Assert.False(Town.PortAnswers(host));
        Assert.False(Town.ReachesOut(host));
        ToldFinding found = ToldFinding.Only(host, "forwarding-off", "link lan");
        Assert.Equal("sysctl -w net.ipv4.conf.lan.forwarding=1", found.Remedy);
        Assert.Equal(1, host.Netctl("doctor", "--fix").ExitCode);
        found.Follow(host);
        Town.Works(host);
    }

    [KernelFact]
    public void A_bridge_of_ours_that_does_not_forward_is_named_and_mended()
    {
        using TestHost host = Town.Open();
        host.Shell("sysctl -qw net.ipv4.conf.br-front.forwarding=0");
        Assert.False(Town.ReachesOut(host));
        ToldFinding.Only(host, "forwarding-off", "network front");
        Assert.StartsWith("mended forwarding-off: network front: ", host.NetctlOk("doctor", "--fix"), StringComparison.Ordinal);
        host.DoctorIsContent();
        Town.Works(host);
    }

    [KernelFact]
    public void Forwarding_that_is_the_administrators_to_turn_on_is_named()
    {
        using TestHost host = TestHost.Create();
        host.Shell("sysctl -qw net.ipv4.ip_forward=1");
        host.StartDaemon("--ip-forward=false", TestHost.MendsNothing);
        Town.Build(host);
        host.Shell("sysctl -qw net.ipv4.ip_forward=0");
        Assert.False(Town.PortAnswers(host));
        ToldFinding found = ToldFinding.Only(host, "forwarding-off", "network front");
        Assert.Equal("sysctl -w net.ipv4.ip_forward=1", found.Remedy);
        found.Follow(host);
        Town.Works(host);
    }

    [KernelFact]
    public void Forwarding_that_the_daemon_has_turned_on_is_a_difference_and_mended()
    {
        using TestHost host = Town.Open();
        host.Shell("sysctl -qw net.ipv4.ip_forward=0");
        Assert.False(Town.PortAnswers(host));
        Assert.Contains("net/ipv4/ip_forward", host.Netctl("doctor").StandardOutput, StringComparison.Ordinal);
        host.NetctlOk("doctor", "--fix");
        Town.Works(host);
        host.DoctorIsContent();
    }
}
