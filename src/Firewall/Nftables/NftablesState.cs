using Net.Netlink;
using Net.Netlink.Nftables;

namespace Net.Firewall.Nftables;

/// <summary>The content of one table of ours in the kernel.</summary>
public sealed class NftablesState
{
    private readonly HashSet<NftablesElement> _elements = [];

    private NftablesState(NftablesLayout layout) => Layout = layout;

    /// <summary>The wanted content of the table, apart from elements.</summary>
    public NftablesLayout Layout { get; }

    /// <summary>Whether the table exists, complete or not.</summary>
    public bool TableExists { get; private init; }

    /// <summary>Whether the table is complete: it has every set and chain and exactly our rules in their order, all of this version, and is
    /// not dormant.</summary>
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
                && AreOfOneVersion(all, layout)
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

    /// <summary>Whether an element exists with the same value and comment.</summary>
    public bool Has(NftablesElement wanted) => _elements.Contains(wanted);

    /// <summary>Whether all rules carry the mark of this version, or none carries a mark because a person has typed the commands that we
    /// print.</summary>
    private static bool AreOfOneVersion(IReadOnlyList<NftRule> rules, NftablesLayout layout) =>
        rules.All(rule => rule.Mark == layout.Mark) || rules.All(rule => rule.Mark is null);
}
