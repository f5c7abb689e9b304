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
        Assert.All(cleaner.AfterRemoval([Left("172.18.0.2/24")]), step => ((ActionStep)step).Do(null!));
        Assert.True(cleaner.HasLeft);

        cleaner.ForgetLeft();
        Assert.True(cleaner.HasLeft);
        Assert.Contains("src=172.18.0.2 ", Command.Run("conntrack -L"), StringComparison.Ordinal);
        cleaner.ForgetLeft();
        Assert.False(cleaner.HasLeft);
        Assert.DoesNotContain("src=172.18.0.2 ", Command.Run("conntrack -L"), StringComparison.Ordinal);
        Assert.Equal(2, attempts);
    });

    [KernelFact]
    public void Where_nothing_is_tracked_the_kernel_looks_through_nothing() => HostNamespace.Run(static host =>
        Assert.Equal(1, MessagesFor(host, "172.18.0.2/24", "2001:db8::2/64"))); // it counts

    [KernelFact]
    public void Few_connections_are_looked_through_once_for_all_addresses() => HostNamespace.Run(static host =>
    {
        Command.Run("conntrack -I -p udp -s 172.18.0.2 -d 192.0.2.1 --sport 5000 --dport 53 -t 300");
        Command.Run("conntrack -I -p udp -s 2001:db8::1 -d 2001:db8::2 --sport 5000 --dport 53 -t 300");
        Command.Run("conntrack -I -p udp -s 172.18.0.3 -d 192.0.2.1 --sport 5000 --dport 53 -t 300");
        Assert.Equal(4, MessagesFor(host, "172.18.0.2/24", "2001:db8::2/64")); // it counts, lists, and deletes two
        Assert.Contains("src=172.18.0.3 ", Command.Run("conntrack -L"), StringComparison.Ordinal);
        Assert.DoesNotContain("src=172.18.0.2 ", Command.Run("conntrack -L"), StringComparison.Ordinal);
        Assert.Equal("", Command.Run("conntrack -L -f ipv6"));
    });

    // How many messages it sends to forget the connections of addresses that have left.
    private static long MessagesFor(HostNamespace host, params string[] addresses)
    {
        using NetlinkConnection route = NetlinkConnection.Open(NetlinkProtocol.Route);
        NetlinkConnection? opened = null;
        using var cleaner = new FlowCleaner(
            host.Threads.Home, route, () => opened = NetlinkConnection.Open(NetlinkProtocol.Netfilter));
        Assert.All(cleaner.AfterRemoval([.. addresses.Select(Left)]), step => ((ActionStep)step).Do(null!));
        cleaner.ForgetLeft();
        Assert.False(cleaner.HasLeft);
        return opened!.MessagesSent;
    }

    private static LinkAddress Left(string address) => new()
    {
        Owner = OwnerId.Host,
        Namespace = NamespaceRef.At("/run/netns/web", "web"),
        Link = "eth0",
        Address = InterfaceAddress.Parse(address),
    };
}
