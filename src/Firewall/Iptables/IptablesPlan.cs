using System.Text;

namespace Net.Firewall.Iptables;

/// <summary>The steps that lead one family's rules from what is to what should be, as text for <c>iptables-restore</c> or as
/// commands.</summary>
public sealed class IptablesPlan
{
    private readonly List<IptablesRule> _add = [];
    private readonly List<IptablesRule> _delete = [];
    private readonly List<(string Table, string Chain)> _drop = [];
    private readonly List<(string Table, string Chain)> _make = [];

    private IptablesPlan(FirewallFamily family) => Family = family;

    /// <summary>Which family.</summary>
    public FirewallFamily Family { get; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _add.Count + _delete.Count + _drop.Count + _make.Count == 0;

    /// <summary>A change where all is as it should be: our chains there, what goes there, what comes not.</summary>
    public static IptablesPlan Assume(FirewallFamily family, IEnumerable<IptablesRule> add, IEnumerable<IptablesRule> remove)
    {
        var plan = new IptablesPlan(family);
        plan._add.AddRange(add);
        plan._delete.AddRange(remove);
        return plan;
    }

    /// <summary>A change from what is there: only rules that are there go, only rules that are not there come, and our chains with
    /// them.</summary>
    public static IptablesPlan From(IptablesState state, IReadOnlyCollection<IptablesRule> add, IEnumerable<IptablesRule> remove)
    {
        var plan = new IptablesPlan(state.Family);
        if (add.Count > 0)
        {
            plan.Layout(state);
        }

        plan._delete.AddRange(remove.SelectMany(rule => Enumerable.Repeat(rule, state.Count(rule))));
        HashSet<IptablesRule> going = [.. plan._delete];
        plan._add.AddRange(add.Where(rule => state.Count(rule) == 0 || going.Contains(rule)));
        return plan;
    }

    /// <summary>From what is there to exactly these groups of rules; a group that is not whole and in order is made again.</summary>
    public static IptablesPlan Reconcile(IptablesState state, IReadOnlyList<IReadOnlyList<IptablesRule>> groups)
    {
        var plan = new IptablesPlan(state.Family);
        HashSet<IptablesRule> keep = [];
        if (groups.Any(group => group.Count > 0))
        {
            plan.Layout(state);
            keep.UnionWith(IptablesLayout.Jumps(state.Family));
        }

        foreach (IReadOnlyList<IptablesRule> group in groups)
        {
            if (state.Has(group))
            {
                keep.UnionWith(group);
            }
            else
            {
                plan._add.AddRange(group);
            }
        }

        plan._delete.AddRange(state.Ours()
            .Where(entry => !keep.Contains(entry.Rule))
            .SelectMany(entry => Enumerable.Repeat(entry.Rule, entry.Count)));
        return plan;
    }

    /// <summary>From what is there to nothing of ours; the administrator's chain stays when it has rules.</summary>
    public static IptablesPlan RemoveAll(IptablesState state)
    {
        var plan = new IptablesPlan(state.Family);
        plan._delete.AddRange(state.Rules.Where(rule => rule.Owner is not null && !IptablesLayout.IsOurs(rule.Chain)));
        plan._drop.AddRange(state.Chains
            .Where(chain => IptablesLayout.IsOurs(chain.Chain))
            .Where(chain => chain.Chain != IptablesLayout.User || !state.Rules.Any(rule => rule.Chain == chain.Chain)));
        return plan;
    }

    /// <summary>The input of <c>iptables-restore --noflush</c>: one section a table.</summary>
    public string ToRestoreText()
    {
        var text = new StringBuilder();
        foreach (string table in IptablesLayout.Tables)
        {
            string[] lines = [.. Lines(table, chain => $":{chain} - [0:0]")];
            if (lines.Length > 0)
            {
                text.Append('*').Append(table).Append('\n').AppendJoin('\n', lines).Append("\nCOMMIT\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The commands a person would type, one a line, fit for a shell.</summary>
    public IEnumerable<string> ToCommands()
    {
        string program = Family == FirewallFamily.IPv4 ? "iptables" : "ip6tables";
        return IptablesLayout.Tables.SelectMany(table =>
            Lines(table, chain => $"-N {chain}").Select(line => table == "filter" ? $"{program} {line}" : $"{program} -t {table} {line}"));
    }

    private IEnumerable<string> Lines(string table, Func<string, string> makeChain) =>
    [
        .. _make.Where(chain => chain.Table == table).Select(chain => makeChain(chain.Chain)),
        .. _delete.Where(rule => rule.Table == table).Select(rule => $"-D {rule.Chain} {rule.Specification}"),
        .. _add.Where(rule => rule.Table == table && rule.Place == RulePlace.Start)
        .Reverse()
        .Select(rule => $"-I {rule.Chain} {rule.Specification}"),
        .. _add.Where(rule => rule.Table == table && rule.Place == RulePlace.End).Select(rule => $"-A {rule.Chain} {rule.Specification}"),
        .. _drop.Where(chain => chain.Table == table).Select(chain => $"-F {chain.Chain}"),
        .. _drop.Where(chain => chain.Table == table).Select(chain => $"-X {chain.Chain}"),
    ];

    private void Layout(IptablesState state)
    {
        foreach (string table in IptablesLayout.Tables)
        {
            _make.AddRange(IptablesLayout.Chains(table).Where(chain => !state.HasChain(table, chain)).Select(chain => (table, chain)));
        }

        foreach (IGrouping<(string, string), IptablesRule> jumps
            in IptablesLayout.Jumps(state.Family).GroupBy(rule => (rule.Table, rule.Chain)))
        {
            if (!state.Has(jumps))
            {
                _delete.AddRange(jumps.SelectMany(rule => Enumerable.Repeat(rule, state.Count(rule))));
                _add.AddRange(jumps);
            }
        }
    }
}
