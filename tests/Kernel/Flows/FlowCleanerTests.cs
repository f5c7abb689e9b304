using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Kernel.Flows;
using Net.Kernel.Steps;
using Net.Linux;
using Net.Netlink;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Flows;

/// <summary>Connections of addresses that have left are forgotten, if not at the first attempt then at a later one.</summary>
public sealed class FlowCleanerTests
{
    [KernelFact]
    public void What_no_descriptor_was_left_for_is_forgotten_at_the_next_attempt() => HostNamespace.Run(static host =>
    {
        Command.Run("conntrack -I -p udp -s 172.18.0.2 -d 192.0.2.1 --sport 5000 --dport 53 -t 300 -u SEEN_REPLY");
        using NetlinkConnection route = NetlinkConnection.Open(NetlinkProtocol.Route);
        int attempts = 0;
        using var cleaner = new FlowCleaner(
            host.Threads.Home,
            route,
            () => ++attempts == 1
                ? throw new LinuxException("open a netlink socket", Errno.ProcessFileLimit)
                : NetlinkConnection.Open(NetlinkProtocol.Netfilter));
        var address = new LinkAddress
        {
            Owner = OwnerId.Host,
            Namespace = NamespaceRef.At("/run/netns/web", "web"),
            Link = "eth0",
            Address = InterfaceAddress.Parse("172.18.0.2/24"),
        };
        Assert.All(cleaner.AfterRemoval([address]), step => ((ActionStep)step).Do(null!));
        Assert.True(cleaner.HasLeft);

        cleaner.ForgetLeft();
        Assert.True(cleaner.HasLeft);
        Assert.Contains("src=172.18.0.2 ", Command.Run("conntrack -L"), StringComparison.Ordinal);
        cleaner.ForgetLeft();
        Assert.False(cleaner.HasLeft);
        Assert.DoesNotContain("src=172.18.0.2 ", Command.Run("conntrack -L"), StringComparison.Ordinal);
        Assert.Equal(2, attempts);
    });
}
