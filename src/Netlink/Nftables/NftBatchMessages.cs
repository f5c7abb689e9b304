using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>The changes of an nf_tables transaction by name.</summary>
public static class NftBatchMessages
{
    private const int ElementsPerMessage = 200;

    /// <summary>Makes a table; no error when it is there.</summary>
    public static void AddTable(this NetfilterBatch batch, NftTable table) =>
        batch.Add(NftOperation.NewTable, MessageFlags.Create, table, $"add table {table}");

    /// <summary>Removes a table with all in it; the transaction fails with NoEntry when it is not there.</summary>
    public static void DeleteTable(this NetfilterBatch batch, NftTable table) =>
        batch.Add(NftOperation.DeleteTable, MessageFlags.None, table, $"delete table {table}");

    /// <summary>Makes a base chain; no error when the same is there.</summary>
    public static void AddChain(this NetfilterBatch batch, NftChain chain) =>
        batch.Add(NftOperation.NewChain, MessageFlags.Create, chain, $"add chain {chain.Table} {chain.Name}");

    /// <summary>Makes a set or map; no error when the same is there.</summary>
    public static void AddSet(this NetfilterBatch batch, NftSet set) =>
        batch.Add(NftOperation.NewSet, MessageFlags.Create, set, $"add set {set.Table} {set.Name}");

    /// <summary>Adds a rule at the end of its chain.</summary>
    public static void AddRule(this NetfilterBatch batch, NftRule rule) =>
        batch.Add(
            NftOperation.NewRule, MessageFlags.Create | MessageFlags.Append, rule, $"add rule {rule.Table} {rule.Chain} ({rule.Comment})");

    /// <summary>Adds elements. One that is there already with the same value is no error; with another value the transaction
    /// fails.</summary>
    public static void AddElements(this NetfilterBatch batch, NftTable table, string set, IReadOnlyList<NftElement> elements)
    {
        foreach (NftElement[] some in elements.Chunk(ElementsPerMessage))
        {
            batch.Add(
                NftOperation.NewElements,
                MessageFlags.Create,
                new NftElements(table, set, some),
                $"add elements to {set} in table {table}");
        }
    }

    /// <summary>Removes elements; the transaction fails with NoEntry when one is not there.</summary>
    public static void DeleteElements(this NetfilterBatch batch, NftTable table, string set, IReadOnlyList<NftElement> elements)
    {
        foreach (NftElement[] some in elements.Chunk(ElementsPerMessage))
        {
            batch.Add(
                NftOperation.DeleteElements,
                MessageFlags.None,
                new NftElements(table, set, some),
                $"delete elements of {set} in table {table}");
        }
    }
}
