using Net.Firewall.Nftables;
using Net.Netlink;
using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;
using Net.Tests.TestKit;

namespace Net.Tests.Kernel.Firewall;

/// <summary>Tables that look whole by their names and comments, and do something else.</summary>
public class NftablesDriftTests
{
    [KernelFact]
    public void A_rule_replaced_under_the_same_comment_is_missed_and_comes_back() => Drift(layout =>
    {
        NftablesRule rule = layout.Rules[^1];
        string handle = Command.Run($"nft -a list chain {layout.Table} {rule.Chain}").Split('\n')
            .Single(line => line.Contains($"\"{rule.Comment}\"", StringComparison.Ordinal)).Split("handle ")[1];
        Command.Run("nft", $"replace rule {layout.Table} {rule.Chain} handle {handle} counter accept comment \"{rule.Comment}\"");
    });

    [KernelFact]
    public void A_table_that_is_switched_off_is_missed_and_comes_back() =>
        Drift(layout => Command.Run("nft", $"add table {layout.Table} {{ flags dormant; }}"));

    [KernelFact]
    public void Rules_of_another_version_are_missed_and_made_again() => Drift(layout =>
    {
        Command.Run($"nft flush table {layout.Table}");
        using NetlinkConnection connection = NetlinkConnection.Open(NetlinkProtocol.Netfilter);
        using var batch = new NetfilterBatch();
        foreach (NftablesRule rule in layout.Rules)
        {
            batch.AddRule(new NftRule(layout.Table, rule.Chain, rule.Expressions, rule.Comment) { Mark = layout.Mark + 1 });
        }

        batch.Commit(connection);
    });

    private static void Drift(Action<NftablesLayout> damage) => HostNamespace.Run(_ =>
    {
        using NftablesBackend backend = NftablesBackend.Open();
        backend.Change(new(EveryPolicy.All, []));
        foreach (NftablesLayout layout in NftablesLayout.All)
        {
            string before = Text(layout);
            damage(layout);
            Assert.NotEmpty(backend.Diff(EveryPolicy.All).Missing);
            backend.Reconcile(EveryPolicy.All);
            Assert.True(backend.Diff(EveryPolicy.All).IsEmpty);
            Assert.Equal(before, Text(layout));
        }
    });

    private static string Text(NftablesLayout layout) =>
        string.Join('\n', Command.Run($"nft -s list table {layout.Table}").Split('\n').Order());
}
