using Net.Firewall.Watches;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Tests.Unit.Firewall;

public class TransactionFilterTests
{
    private static readonly NftTable Ours = new(NetfilterFamily.IPv4, "netctl");
    private static readonly NftTable Another = new(NetfilterFamily.IPv4, "other");

    [Fact]
    public void A_transaction_of_another_that_touches_our_table_is_told_at_its_end() =>
        Assert.Equal([null, null, 7], Run((Ours, 0), (Another, 0), (null, 7)));

    [Fact]
    public void One_that_touches_only_others_tables_is_not() => Assert.Equal([null, null], Run((Another, 0), (null, 7)));

    [Fact]
    public void One_of_our_own_is_not_and_does_not_count_for_the_next() =>
        Assert.Equal([null, null, null, null], Run((Ours, 0), (null, 1), (Another, 0), (null, 7)));

    [Theory]
    [InlineData(NetfilterFamily.Bridge, "netctl", false, true)]
    [InlineData(NetfilterFamily.IPv4, "filter", false, false)]
    [InlineData(NetfilterFamily.IPv4, "filter", true, true)]
    [InlineData(NetfilterFamily.IPv6, "raw", true, true)]
    [InlineData(NetfilterFamily.IPv6, "mangle", true, false)]
    [InlineData(NetfilterFamily.Inet, "filter", true, false)]
    public void The_tables_that_are_watched(NetfilterFamily family, string name, bool iptables, bool watched) =>
        Assert.Equal(watched, WatchedTables.Contains(new NftTable(family, name), iptables));

    [Fact]
    public void The_oldest_children_are_forgotten()
    {
        var own = new OwnProcesses();
        int[] never = [.. Enumerable.Range(1 << 30, 65)];
        foreach (int process in never)
        {
            own.Started(process);
        }

        Assert.Equal([false, true, true], new[] { never[0], never[1], never[64] }.Select(own.Contains));
        Assert.True(own.Contains(Environment.ProcessId), "the first thread has its process's id");
    }

    private static IEnumerable<int?> Run(params (NftTable? Table, int Author)[] events)
    {
        var filter = new TransactionFilter(Ours.Equals, thread => thread == 1);
        return [.. events.Select(e => filter.Accept(new NftEvent(e.Table, e.Author == 0 ? null : new NftAuthor(e.Author, "x")))?.Thread)];
    }
}
