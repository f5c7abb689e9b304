namespace Net.Firewall.Iptables;

/// <summary>The rules and chains of one family as <c>iptables-save</c> printed them, limited to the tables that we use.</summary>
public sealed class IptablesState
{
    private readonly HashSet<(string Table, string Chain)> _chains = [];
    private readonly Dictionary<IptablesRule, List<int>> _places = [];
    private readonly Dictionary<(string Table, string Chain), int> _lastOfOthers = [];
    private readonly List<IptablesRule> _rules = [];

    private IptablesState(FirewallFamily family) => Family = family;

    /// <summary>The address family.</summary>
    public FirewallFamily Family { get; }

    /// <summary>All rules, including those of other programs, in order within each chain.</summary>
    public IReadOnlyList<IptablesRule> Rules => _rules;

    /// <summary>All chains of the tables that we use, including those of other programs.</summary>
    public IReadOnlyCollection<(string Table, string Chain)> Chains => _chains;

    /// <summary>Whether the chain FORWARD drops packets that no rule accepts: by its policy, or by another program's rule without a
    /// condition.</summary>
    public bool DropsForwarded { get; private set; }

    /// <summary>The state of a namespace without any rule or chain of ours.</summary>
    public static IptablesState Empty(FirewallFamily family) => new(family);

    /// <summary>Parses the text and skips lines that it does not understand.</summary>
    public static IptablesState Parse(FirewallFamily family, string text)
    {
        var state = new IptablesState(family);
        string table = "";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith('*'))
            {
                table = line[1..].Trim();
            }
            else if (line.StartsWith(':') && IptablesLayout.Tables.Contains(table))
            {
                state._chains.Add((table, line[1..].Split(' ')[0]));
                state.DropsForwarded |= table == "filter" && line.StartsWith(":FORWARD DROP", StringComparison.Ordinal);
            }
            else if (line.StartsWith("-A ", StringComparison.Ordinal) && IptablesLayout.Tables.Contains(table))
            {
                string[] parts = line.TrimEnd().Split(' ', 3);
                state.Add(new IptablesRule(family, table, parts[1], parts.Length > 2 ? parts[2] : ""));
            }
        }

        return state;
    }

    /// <summary>Whether a chain exists.</summary>
    public bool HasChain(string table, string chain) => _chains.Contains((table, chain));

    /// <summary>How often a rule occurs.</summary>
    public int Count(IptablesRule rule) => _places.TryGetValue(rule, out List<int>? places) ? places.Count : 0;

    /// <summary>Our rules, each once, with the number of times it occurs.</summary>
    public IEnumerable<(IptablesRule Rule, int Count)> Ours() =>
        _places.Where(entry => entry.Key.Owner is not null).Select(entry => (entry.Key, entry.Value.Count));

    /// <summary>Whether each of these rules occurs exactly once and in this order within each chain, whatever other rules stand between
    /// them; a rule that must come last also stands after all rules of other programs.</summary>
    public bool Has(IEnumerable<IptablesRule> wanted)
    {
        var last = new Dictionary<(string, string), int>();
        foreach (IptablesRule rule in wanted)
        {
            if (!_places.TryGetValue(rule, out List<int>? places) || places.Count != 1)
            {
                return false;
            }

            (string, string) chain = (rule.Table, rule.Chain);
            if (last.TryGetValue(chain, out int before) && before > places[0])
            {
                return false;
            }

            if (rule.IsAfterOthers && _lastOfOthers.GetValueOrDefault(chain, -1) > places[0])
            {
                return false;
            }

            last[chain] = places[0];
        }

        return true;
    }

    /// <summary>Whether our chains and the jumps to them are there, and nothing that others accept passes them by.</summary>
    public bool HasLayout() => HasWholeLayout() && ForwardPlace.IsRight(this);

    /// <summary>Whether our chains and the jumps to them are there, in their order.</summary>
    public bool HasWholeLayout() => HasChains() && Has(IptablesLayout.Jumps(Family));

    /// <summary>Whether all our chains are there: a rule can be added, whether anything leads to it or not.</summary>
    public bool HasChains() => IptablesLayout.Tables.All(table => IptablesLayout.Chains(table).All(chain => HasChain(table, chain)));

    private void Add(IptablesRule rule)
    {
        if (!_places.TryGetValue(rule, out List<int>? places))
        {
            _places[rule] = places = [];
        }

        if (rule.Owner is null)
        {
            _lastOfOthers[(rule.Table, rule.Chain)] = _rules.Count;
        }

        DropsForwarded |= rule is { Owner: null, Table: "filter", Chain: "FORWARD" }
            && (rule.Specification == "-j DROP" || rule.Specification.StartsWith("-j REJECT", StringComparison.Ordinal));
        places.Add(_rules.Count);
        _rules.Add(rule);
    }
}
