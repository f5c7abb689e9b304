using System.Text;
using System.Text.Json;

using Net.Linux;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Netlink;

public sealed class NetfilterBatchTests
{
    private const byte NewTable = 0; // NFT_MSG_NEWTABLE
    private const byte GetTable = 1; // NFT_MSG_GETTABLE
    private const byte DeleteTable = 2; // NFT_MSG_DELTABLE

    [KernelFact]
    public void Batch_is_made_whole_and_moves_the_generation_by_one() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection netfilter = NetlinkConnection.Open(NetlinkProtocol.Netfilter, host.Threads.Home);
        uint before = netfilter.ReadGeneration();
        using (var batch = new NetfilterBatch(generation: before))
        {
            for (int i = 0; i < 500; i++)
            {
                batch.Add(NewTable, MessageFlags.Create | MessageFlags.Exclusive, Table($"t{i}"), $"add table inet t{i}");
            }

            batch.Commit(netfilter);
        }

        Assert.Equal(500, NftTables());
        Assert.Equal(before + 1, netfilter.ReadGeneration());
        IReadOnlyList<NetlinkReply> tables = netfilter.Dump(new NetlinkRequest(
            NetfilterRequests.Type(NetfilterSubsystem.Nftables, GetTable),
            MessageFlags.None,
            new NetfilterMessage(NetfilterFamily.Inet),
            "list tables"));
        Assert.Equal(500, tables.Count);
        NetfilterMessage first = NetfilterMessage.Decode(tables[0].Payload.Span);
        Assert.Equal(NetfilterFamily.Inet, first.Header.Family);
        Assert.Equal("t0\0", Encoding.UTF8.GetString(first.Attributes[0].Value.Span));
    });

    [KernelFact]
    public void Refused_batch_names_each_message_that_failed_and_changes_nothing() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection netfilter = NetlinkConnection.Open(NetlinkProtocol.Netfilter, host.Threads.Home);
        using var batch = new NetfilterBatch();
        batch.Add(NewTable, MessageFlags.Create, Table("good"), "add table inet good");
        batch.Add(DeleteTable, MessageFlags.None, Table("none1"), "delete table inet none1");
        batch.Add(NewTable, MessageFlags.Create, Table("good2"), "add table inet good2");
        batch.Add(DeleteTable, MessageFlags.None, Table("none2"), "delete table inet none2");

        NetfilterBatchException error = Assert.Throws<NetfilterBatchException>(() => batch.Commit(netfilter));

        Assert.Equal(Errno.NoEntry, error.Errno);
        Assert.Equal(["delete table inet none1", "delete table inet none2"], error.Failures.Select(static f => f.Operation));
        Assert.NotNull(error.Failures[0].AttributeOffset);
        Assert.Equal(0, NftTables());

        using var next = new NetfilterBatch();
        next.Add(NewTable, MessageFlags.Create, Table("good"), "add table inet good");
        next.Commit(netfilter);
        Assert.Equal(1, NftTables());
    });

    [KernelFact]
    public void Batch_on_an_old_generation_is_refused_with_restart() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection netfilter = NetlinkConnection.Open(NetlinkProtocol.Netfilter, host.Threads.Home);
        uint before = netfilter.ReadGeneration();
        Command.Run("nft add table inet other");
        using var batch = new NetfilterBatch(generation: before);
        batch.Add(NewTable, MessageFlags.Create, Table("t"), "add table inet t");
        Assert.Equal(Errno.Restart, Assert.Throws<NetfilterBatchException>(() => batch.Commit(netfilter)).Errno);
        Assert.Equal(1, NftTables());
    });

    [KernelFact]
    public void Thousands_of_failing_messages_are_still_one_refusal() => HostNamespace.Run(static host =>
    {
        using NetlinkConnection netfilter = NetlinkConnection.Open(NetlinkProtocol.Netfilter, host.Threads.Home);
        using var batch = new NetfilterBatch();
        for (int i = 0; i < 20000; i++)
        {
            batch.Add(DeleteTable, MessageFlags.None, Table($"none{i}"), $"delete table inet none{i}");
        }

        Assert.Throws<NetfilterBatchException>(() => batch.Commit(netfilter));
        Assert.Equal(0, NftTables());
        netfilter.ReadGeneration();
    });

    [KernelFact]
    public void Rule_set_changes_are_heard() => HostNamespace.Run(static host =>
    {
        using NetlinkSubscription events = NetlinkSubscription.ToNetfilter(host.Threads.Home, NetfilterGroup.Nftables);
        Assert.Empty(events.Receive(TimeSpan.Zero).Messages);
        Command.Run("nft add table inet other");
        NetlinkEvents heard = events.Receive(TimeSpan.FromSeconds(5));
        Assert.False(heard.WereLost);
        Assert.Contains(heard.Messages, static m => m.Type == NetfilterRequests.Type(NetfilterSubsystem.Nftables, NewTable));
    });

    private static NetfilterMessage Table(string name) =>
        new(new NetfilterHeader(NetfilterFamily.Inet), [new UnknownAttribute(1, Encoding.UTF8.GetBytes(name + "\0"))]);

    private static int NftTables() =>
        Command.Json("nft -j list tables")
            .GetProperty("nftables")
            .EnumerateArray()
            .Count(static item => item.TryGetProperty("table", out JsonElement _));
}
