using Net.Cnm.Firewalls;
using Net.Firewall;
using Net.Firewall.Iptables;
using Net.Firewall.Nftables;
using Net.Firewall.Programs;
using Net.Firewall.Watches;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>Whose change it was, by what the kernel tells of it.</summary>
public class FirewallWatchTests
{
    [KernelFact]
    public void A_change_of_our_own_by_iptables_is_told_from_one_of_another() => HostNamespace.Run(_ =>
    {
        var own = new OwnProcesses();
        Compare(own, new IptablesBackend(IptablesPrograms.Among(new HostPrograms(Iptables.Programs("nft"), own.Started))));
    });

    [KernelFact]
    public void A_change_of_our_own_by_netlink_is_told_from_one_of_another() => HostNamespace.Run(_ =>
    {
        using NftablesBackend backend = NftablesBackend.Open();
        Compare(new OwnProcesses(), backend);
    });

    [KernelFact]
    public void The_watch_tells_who_it_was_and_ends_when_it_is_stopped() => HostNamespace.Run(_ =>
    {
        using var watch = FirewallWatch.Open(new FirewallBackendChoice("nftables", null, ""), new OwnProcesses());
        Command.Run("nft add table inet other");
        Command.Run("nft add table ip netctl");
        Assert.StartsWith("nft (process ", watch.WaitForChange(), StringComparison.Ordinal);
        var waiting = new Thread(() => Assert.Null(watch.WaitForChange()));
        waiting.Start();
        watch.Stop();
        waiting.Join();
    });

    [KernelFact]
    public void A_look_at_the_tables_of_iptables_legacy_sees_a_rule_more() => HostNamespace.Run(_ =>
    {
        using var watch = FirewallWatch.Open(new FirewallBackendChoice("iptables", IptablesVariant.Legacy, ""), new OwnProcesses());
        Command.Run("ip6tables-legacy -t nat -N X");
        Assert.Equal("another program", watch.WaitForChange());
        using LegacyTables? tables = LegacyTables.Open(FirewallFamily.IPv6);
        Assert.True(tables!.HasRules("nat"));
        Assert.False(tables.HasRules("filter"));
        Assert.Contains("nat", LegacyTables.Names(FirewallFamily.IPv6));
    });

    [KernelFact]
    public void A_look_at_the_tables_of_iptables_legacy_sees_a_rule_in_the_place_of_another() => HostNamespace.Run(_ =>
    {
        SeesReplacement(FirewallFamily.IPv4, "iptables-legacy", "127.0.0.1", "192.0.2.1", "192.0.2.2");
        SeesReplacement(FirewallFamily.IPv6, "ip6tables-legacy", "::1", "2001:db8::1", "2001:db8::2");
    });

    private static void SeesReplacement(FirewallFamily family, string program, string loopback, string before, string after)
    {
        Command.Run($"{program} -A OUTPUT -d {before} -m comment --comment one -j ACCEPT");
        Command.Run($"{program} -A OUTPUT -m limit --limit 3/s -j ACCEPT");
        using LegacyTables? tables = LegacyTables.Open(family);
        int seen = tables!.Fingerprint("filter");

        // Counters, and what a match remembers, are no change.
        Command.Run("ip link set lo up");
        Command.Run($"ping -c 1 -w 10 {loopback}");
        Assert.Equal(seen, tables.Fingerprint("filter"));
        Command.Run($"{program} -R OUTPUT 1 -d {after} -m comment --comment one -j ACCEPT");
        Assert.NotEqual(seen, tables.Fingerprint("filter"));
    }

    private static void Compare(OwnProcesses own, IFirewallBackend backend)
    {
        using NetlinkSubscription events = NetlinkSubscription.ToNetfilter(null, NetfilterGroup.Nftables);
        var filter = new TransactionFilter(table => WatchedTables.Contains(table, iptables: true), own.Contains);
        backend.Change(new FirewallChange([FirewallTown.A], []));
        NftEvent[] ours = Take(events);
        Assert.Contains(ours, change => change.End is not null);
        Assert.All(ours, change => Assert.Null(filter.Accept(change)));

        Command.Run("iptables -A FORWARD -j ACCEPT");
        Assert.Single(Take(events).Select(filter.Accept).OfType<NftAuthor>(), author => author.Name == "iptables");
    }

    private static NftEvent[] Take(NetlinkSubscription events) =>
        [.. events.Receive(TimeSpan.Zero).Messages.Select(NftEvent.Decode).OfType<NftEvent>()];
}
