using Net.Netlink.Netfilter;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The steps that lead one table from what is to what should be, as one part of a transaction or as commands.</summary>
public sealed class NftablesPlan
{
    private readonly NftablesLayout _layout;
    private bool _deleteTable;
    private bool _makeTable;

    private NftablesPlan(NftablesLayout layout) => _layout = layout;

    /// <summary>Whether it makes one of the tables that the administrator's goes with.</summary>
    public bool MakesHostTable => _makeTable && _layout.Kind != NftablesTable.Bridge;

    private List<NftablesElement> Add { get; } = [];

    private List<NftablesElement> Remove { get; } = [];

    /// <summary>A change where all is as it should be: the table there, what goes there.</summary>
    public static NftablesPlan Assume(NftablesTable table, IEnumerable<NftablesElement> add, IEnumerable<NftablesElement> remove)
    {
        var plan = new NftablesPlan(NftablesLayout.Of(table));
        plan.Add.AddRange(add);
        plan.Remove.AddRange(remove);
        return plan;
    }

    /// <summary>A change from what is there: only elements that are there go; a table that is not whole is made again with the elements it
    /// had.</summary>
    public static NftablesPlan From(NftablesState state, IReadOnlyCollection<NftablesElement> add, IEnumerable<NftablesElement> remove)
    {
        var plan = new NftablesPlan(state.Layout);
        HashSet<NftablesElement> going = [.. remove.Where(state.Has)];
        if (!state.IsWhole && add.Count > 0)
        {
            plan._makeTable = true;
            plan._deleteTable = state.TableExists;
            plan.Add.AddRange(state.Elements.Except(going));
        }
        else
        {
            plan.Remove.AddRange(going);
        }

        plan.Add.AddRange(add.Where(element => !state.Has(element) || going.Contains(element)));
        return plan;
    }

    /// <summary>From what is there to exactly these elements; a table that is not whole is made again.</summary>
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

    /// <summary>The commands a person would type, one a line, fit for a shell.</summary>
    public IEnumerable<string> ToCommands() =>
    [
        .. _deleteTable ? [$"nft delete table {_layout.Table}"] : Array.Empty<string>(),
        .. _makeTable ? _layout.ToCommands() : [],
        .. Remove.Select(entry => $"nft delete element {_layout.Table} {entry.Set} '{{ {entry.KeyText()} }}'"),
        .. Add.Select(element => $"nft add element {_layout.Table} {element.Set} '{{ {element.ToText()} }}'"),
    ];
}
