using Net.Netlink.Netfilter;

namespace Net.Netlink.Nftables;

/// <summary>Extension methods that add nf_tables changes to a transaction.</summary>
public static class NftBatchMessages
{
    private const int ElementsPerMessage = 200;

    /// <summary>Creates a table; it is no error when the table exists.</summary>
    public static void AddTable(this NetfilterBatch batch, NftTable table) =>
        batch.Add(NftOperation.NewTable, MessageFlags.Create, table, $"add table {table}");

    /// <summary>Deletes a table with its content; the transaction fails with NoEntry when the table does not exist.</summary>
    public static void DeleteTable(this NetfilterBatch batch, NftTable table) =>
        batch.Add(NftOperation.DeleteTable, MessageFlags.None, table, $"delete table {table}");

    /// <summary>Creates a base chain; it is no error when the same chain exists.</summary>
    public static void AddChain(this NetfilterBatch batch, NftChain chain) =>
        batch.Add(NftOperation.NewChain, MessageFlags.Create, chain, $"add chain {chain.Table} {chain.Name}");

    /// <summary>Creates a set or map; it is no error when the same set exists.</summary>
    public static void AddSet(this NetfilterBatch batch, NftSet set) =>
        batch.Add(NftOperation.NewSet, MessageFlags.Create, set, $"add set {set.Table} {set.Name}");

    /// <summary>Adds a rule at the end of its chain.</summary>
    public static void AddRule(this NetfilterBatch batch, NftRule rule) =>
        batch.Add(
            NftOperation.NewRule, MessageFlags.Create | MessageFlags.Append, rule, $"add rule {rule.Table} {rule.Chain} ({rule.Comment})");

    /// <summary>Adds elements. An element that exists with the same value is no error; with another value the transaction fails.</summary>
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

    /// <summary>Deletes elements; the transaction fails with NoEntry when one does not exist.</summary>
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
