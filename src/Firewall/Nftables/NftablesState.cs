using Net.Netlink;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>What one table of ours has in the kernel now.</summary>
public sealed class NftablesState
{
    private readonly HashSet<NftablesElement> _elements = [];

    private NftablesState(NftablesLayout layout) => Layout = layout;

    /// <summary>What the table should be.</summary>
    public NftablesLayout Layout { get; }

    /// <summary>Whether the table is there, whole or not.</summary>
    public bool TableExists { get; private init; }

    /// <summary>Whether every set and chain is there, and exactly our rules in their order, of this version, and packets pass
    /// them.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>All elements of our sets.</summary>
    public IReadOnlyCollection<NftablesElement> Elements => _elements;

    /// <summary>Reads a table from the kernel.</summary>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static NftablesState Read(NetlinkConnection connection, NftablesLayout layout)
    {
        if (!connection.ListTables().Contains(layout.Table))
        {
            return new NftablesState(layout);
        }

        IReadOnlyList<string> sets = connection.ListSets(layout.Table);
        IReadOnlyList<string> chains = connection.ListChains(layout.Table);
        IReadOnlyList<NftRule> all = connection.ListRules(layout.Table);
        ILookup<string, string?> rules = all.ToLookup(rule => rule.Chain, rule => rule.Comment);
        var state = new NftablesState(layout)
        {
            TableExists = true,
            IsWhole = !connection.IsDormant(layout.Table)
                && AreOfOneMaking(all, layout)
                && layout.Sets.All(set => sets.Contains(set.Name))
                && layout.Chains.All(chain => chains.Contains(chain.Name))
                && layout.Chains.All(chain => rules[chain.Name].SequenceEqual(
                    layout.Rules.Where(rule => rule.Chain == chain.Name).Select(rule => rule.Comment))),
        };
        foreach (NftSet set in layout.Sets.Where(set => sets.Contains(set.Name)))
        {
            state._elements.UnionWith(connection.ListElements(layout.Table, set.Name)
                .Select(element => new NftablesElement(layout.Kind, set.Name, element)));
        }

        return state;
    }

    /// <summary>Whether an element is there, with the same value and comment.</summary>
    public bool Has(NftablesElement wanted) => _elements.Contains(wanted);

    /// <summary>Whether the rules are all of this version of ours, or have all been typed by a person from what we print.</summary>
    private static bool AreOfOneMaking(IReadOnlyList<NftRule> rules, NftablesLayout layout) =>
        rules.All(rule => rule.Mark == layout.Mark) || rules.All(rule => rule.Mark is null);
}
