namespace Net.Firewall.Iptables;

/// <summary>What one family's <c>iptables-save</c> printed, the tables that we use.</summary>
public sealed class IptablesState
{
    private readonly HashSet<(string Table, string Chain)> _chains = [];
    private readonly Dictionary<IptablesRule, List<int>> _places = [];
    private readonly Dictionary<(string Table, string Chain), int> _lastOfOthers = [];
    private readonly List<IptablesRule> _rules = [];

    private IptablesState(FirewallFamily family) => Family = family;

    /// <summary>Which family.</summary>
    public FirewallFamily Family { get; }

    /// <summary>All rules, others' too, in order within each chain.</summary>
    public IReadOnlyList<IptablesRule> Rules => _rules;

    /// <summary>All chains of the tables that we use, others' too.</summary>
    public IReadOnlyCollection<(string Table, string Chain)> Chains => _chains;

    /// <summary>Whether the chain FORWARD drops what it does not know: by its policy, or by a rule of another's without a
    /// condition.</summary>
    public bool DropsForwarded { get; private set; }

    /// <summary>A namespace without any rule or chain of ours.</summary>
    public static IptablesState Empty(FirewallFamily family) => new(family);

    /// <summary>Reads the text; lines that are not understood are passed over.</summary>
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

    /// <summary>Whether a chain is there.</summary>
    public bool HasChain(string table, string chain) => _chains.Contains((table, chain));

    /// <summary>How often a rule is there.</summary>
    public int Count(IptablesRule rule) => _places.TryGetValue(rule, out List<int>? places) ? places.Count : 0;

    /// <summary>Our rules, each once, and how often it is there.</summary>
    public IEnumerable<(IptablesRule Rule, int Count)> Ours() =>
        _places.Where(entry => entry.Key.Owner is not null).Select(entry => (entry.Key, entry.Value.Count));

    /// <summary>Whether exactly these rules are there, once each and in this order within each chain, whatever stands between them; one
    /// that is to have the last word after all rules of others.</summary>
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

            if (rule.IsLastWord && _lastOfOthers.GetValueOrDefault(chain, -1) > places[0])
            {
                return false;
            }

            last[chain] = places[0];
        }

        return true;
    }

    /// <summary>Whether our chains and the jumps to them are there.</summary>
    public bool HasLayout() =>
        IptablesLayout.Tables.All(table => IptablesLayout.Chains(table).All(chain => HasChain(table, chain)))
        && Has(IptablesLayout.Jumps(Family));

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
