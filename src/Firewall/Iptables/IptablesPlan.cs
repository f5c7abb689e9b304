using System.Globalization;
using System.Text;

namespace Net.Firewall.Iptables;

/// <summary>The steps that change one family's rules from the present to the wanted state, as text for <c>iptables-restore</c> or as
/// commands.</summary>
public sealed class IptablesPlan
{
    private readonly List<IptablesRule> _rulesToAdd = [];
    private readonly List<IptablesRule> _rulesToDelete = [];
    private readonly List<(string Table, string Chain)> _chainsToDelete = [];
    private readonly List<(string Table, string Chain)> _chainsToCreate = [];

    // After how many rules of others the jumps in FORWARD are inserted.
    private int _forwardJumpsAfter;

    private IptablesPlan(FirewallFamily family) => Family = family;

    /// <summary>The address family.</summary>
    public FirewallFamily Family { get; }

    /// <summary>Whether there is nothing to do.</summary>
    public bool IsEmpty => _rulesToAdd.Count + _rulesToDelete.Count + _chainsToDelete.Count + _chainsToCreate.Count == 0;

    /// <summary>Plans a change on the assumption that our chains are there, the rules to remove are there, and the rules to add are
    /// not.</summary>
    public static IptablesPlan Assume(FirewallFamily family, IEnumerable<IptablesRule> add, IEnumerable<IptablesRule> remove)
    {
        var plan = new IptablesPlan(family);
        plan._rulesToAdd.AddRange(add);
        plan._rulesToDelete.AddRange(remove);
        return plan;
    }

    /// <summary>Plans a change from the rules that were read: only existing rules are removed and only missing rules are added; missing
    /// chains of ours are created.</summary>
    public static IptablesPlan From(IptablesState state, IReadOnlyCollection<IptablesRule> add, IEnumerable<IptablesRule> remove)
    {
        var plan = new IptablesPlan(state.Family);
        if (add.Count > 0)
        {
            plan.AddLayout(state);
        }

        plan._rulesToDelete.AddRange(remove.SelectMany(rule => Enumerable.Repeat(rule, state.Count(rule))));
        HashSet<IptablesRule> removed = [.. plan._rulesToDelete];
        plan._rulesToAdd.AddRange(add.Where(rule => state.Count(rule) == 0 || removed.Contains(rule)));
        return plan;
    }

    /// <summary>Plans the change from the rules that were read to exactly these groups of rules; a group that is incomplete or out of order
    /// is made again.</summary>
    public static IptablesPlan Reconcile(IptablesState state, IReadOnlyList<IReadOnlyList<IptablesRule>> groups)
    {
        var plan = new IptablesPlan(state.Family);
        HashSet<IptablesRule> keep = [];

        // Chains without their jumps would take the rules of the next network, and nothing would lead to these.
        if (groups.Any(group => group.Count > 0) || state.HasChains())
        {
            plan.AddLayout(state);
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
                plan._rulesToAdd.AddRange(group);
            }
        }

        plan._rulesToDelete.AddRange(state.Ours()
            .Where(entry => !keep.Contains(entry.Rule))
            .SelectMany(entry => Enumerable.Repeat(entry.Rule, entry.Count)));
        return plan;
    }

    /// <summary>Plans the removal of all our rules and chains; the administrator's chain stays when it has rules.</summary>
    public static IptablesPlan RemoveAll(IptablesState state)
    {
        var plan = new IptablesPlan(state.Family);
        plan._rulesToDelete.AddRange(state.Rules.Where(rule => rule.Owner is not null && !IptablesLayout.IsOurs(rule.Chain)));
        plan._chainsToDelete.AddRange(state.Chains
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

    /// <summary>The same steps as shell commands, one a line.</summary>
    public IEnumerable<string> ToCommands()
    {
        string program = Family == FirewallFamily.IPv4 ? "iptables" : "ip6tables";
        return IptablesLayout.Tables.SelectMany(table =>
            Lines(table, chain => $"-N {chain}").Select(line => table == "filter" ? $"{program} {line}" : $"{program} -t {table} {line}"));
    }

    private IEnumerable<string> Lines(string table, Func<string, string> createChain) =>
    [
        .. _chainsToCreate.Where(chain => chain.Table == table).Select(chain => createChain(chain.Chain)),
        .. _rulesToDelete.Where(rule => rule.Table == table).Select(rule => $"-D {rule.Chain} {rule.Specification}"),
        .. _rulesToAdd.Where(rule => rule.Table == table && rule.Place == RulePlace.Start)
        .Reverse()
        .Select(rule => $"-I {rule.Chain} {Number(rule)}{rule.Specification}"),
        .. _rulesToAdd.Where(rule => rule.Table == table && rule.Place == RulePlace.End)
        .Select(rule => $"-A {rule.Chain} {rule.Specification}"),
        .. _chainsToDelete.Where(chain => chain.Table == table).Select(chain => $"-F {chain.Chain}"),
        .. _chainsToDelete.Where(chain => chain.Table == table).Select(chain => $"-X {chain.Chain}"),
    ];

    // Rules are inserted one by one at the same place, the last one first, so one number is right for all.
    private string Number(IptablesRule rule) =>
        _forwardJumpsAfter > 0 && ForwardPlace.Matters(rule.Table, rule.Chain)
            ? (_forwardJumpsAfter + 1).ToString(CultureInfo.InvariantCulture) + ' '
            : "";

    private void AddLayout(IptablesState state)
    {
        foreach (string table in IptablesLayout.Tables)
        {
            _chainsToCreate.AddRange(IptablesLayout.Chains(table).Where(
                chain => !state.HasChain(table, chain)).Select(chain => (table, chain)));
        }

        foreach (IGrouping<(string, string), IptablesRule> jumps
            in IptablesLayout.Jumps(state.Family).GroupBy(rule => (rule.Table, rule.Chain)))
        {
            bool isForward = ForwardPlace.Matters(jumps.Key.Item1, jumps.Key.Item2);
            if (!state.Has(jumps) || (isForward && !ForwardPlace.IsRight(state)))
            {
                _forwardJumpsAfter = isForward ? ForwardPlace.RulesBefore(state) : _forwardJumpsAfter;
                _rulesToDelete.AddRange(jumps.SelectMany(rule => Enumerable.Repeat(rule, state.Count(rule))));
                _rulesToAdd.AddRange(jumps);
            }
        }
    }
}
