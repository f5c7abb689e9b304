using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The steps that change one table from the present to the wanted state, as part of a transaction or as commands.</summary>
public sealed class NftablesPlan
{
    private readonly NftablesLayout _layout;
    private bool _deleteTable;
    private bool _makeTable;

    private NftablesPlan(NftablesLayout layout) => _layout = layout;

    /// <summary>Whether the plan creates <c>table ip</c> or <c>table ip6</c>, with which the administrator's table is created
    /// too.</summary>
    public bool MakesHostTable => _makeTable && _layout.Kind is (NftablesTable.IPv4 or NftablesTable.IPv6);

    private List<NftablesElement> Add { get; } = [];

    private List<NftablesElement> Remove { get; } = [];

    /// <summary>Plans a change on the assumption that the table and the elements to remove are there.</summary>
    public static NftablesPlan Assume(NftablesTable table, IEnumerable<NftablesElement> add, IEnumerable<NftablesElement> remove)
    {
        var plan = new NftablesPlan(NftablesLayout.Of(table));
        plan.Add.AddRange(add);
        plan.Remove.AddRange(remove);
        return plan;
    }

    /// <summary>Plans a change from the state that was read: only existing elements are removed; an incomplete table is made again with the
    /// elements it had.</summary>
    public static NftablesPlan From(NftablesState state, IReadOnlyCollection<NftablesElement> add, IEnumerable<NftablesElement> remove)
    {
        var plan = new NftablesPlan(state.Layout);
        HashSet<NftablesElement> removed = [.. remove.Where(state.Has)];
        if (!state.IsWhole && add.Count > 0)
        {
            plan._makeTable = true;
            plan._deleteTable = state.TableExists;
            plan.Add.AddRange(state.Elements.Except(removed));
        }
        else
        {
            plan.Remove.AddRange(removed);
        }

        plan.Add.AddRange(add.Where(element => !state.Has(element) || removed.Contains(element)));
        return plan;
    }

    /// <summary>Plans the change from the state that was read to exactly these elements; an incomplete table is made again.</summary>
    public static NftablesPlan Reconcile(NftablesState state, IReadOnlyCollection<NftablesElement> wanted)
    {
        var plan = new NftablesPlan(state.Layout);
        if (!state.IsWhole && (state.TableExists || wanted.Count > 0))
        {
            plan._makeTable = true;
            plan._deleteTable = state.TableExists;
            plan.Add.AddRange(wanted);
            return plan;
        }

        plan.Remove.AddRange(state.Elements.Except(wanted));
        plan.Add.AddRange(wanted.Where(element => !state.Has(element)));
        return plan;
    }

    /// <summary>Adds the steps to a transaction.</summary>
    public void AddTo(NetfilterBatch batch)
    {
        if (_deleteTable)
        {
            batch.DeleteTable(_layout.Table);
        }

        if (_makeTable)
        {
            _layout.AddTo(batch);
        }

        foreach (IGrouping<string, NftElement> set in Remove.GroupBy(entry => entry.Set, entry => entry.Element))
        {
            batch.DeleteElements(_layout.Table, set.Key, [.. set]);
        }

        foreach (IGrouping<string, NftElement> set in Add.GroupBy(entry => entry.Set, entry => entry.Element))
        {
            batch.AddElements(_layout.Table, set.Key, [.. set]);
        }
    }

    /// <summary>The same steps as shell commands, one a line.</summary>
    public IEnumerable<string> ToCommands() =>
    [
        .. _deleteTable ? [$"nft delete table {_layout.Table}"] : Array.Empty<string>(),
        .. _makeTable ? _layout.ToCommands() : [],
        .. Remove.Select(entry => $"nft delete element {_layout.Table} {entry.Set} '{{ {entry.KeyText()} }}'"),
        .. Add.Select(element => $"nft add element {_layout.Table} {element.Set} '{{ {element.ToText()} }}'"),
    ];
}
