using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall.Nftables;

/// <summary>A rule that a table of ours always has: as expressions for the kernel and as text for a person.</summary>
/// <param name="Chain">The chain it is in.</param>
/// <param name="Purpose">The purpose in a few words, unique in the chain; with our tag it is the rule's comment.</param>
/// <param name="Why">One sentence that explains to a person what the rule is there for.</param>
/// <param name="Text">The rule as nft writes it, without the comment.</param>
/// <param name="Expressions">The same rule as the kernel's expressions.</param>
public sealed record NftablesRule(string Chain, string Purpose, string Why, string Text, IReadOnlyList<NftExpression> Expressions)
{
    /// <summary>The comment of the rule.</summary>
    public string Comment => $"{FirewallTag.Host} {Purpose}";

    /// <summary>Builds a rule from its statements.</summary>
    internal static NftablesRule Of(string chain, string purpose, string why, params NftablesStatement[] parts) =>
        new(chain, purpose, why, string.Join(' ', parts.Select(part => part.Text)), [.. parts.SelectMany(part => part.Expressions)]);
}
