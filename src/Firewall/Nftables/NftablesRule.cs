using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall.Nftables;

/// <summary>A rule that a table of ours always has, as expressions for the kernel and as text for a person.</summary>
/// <param name="Chain">The chain it is in.</param>
/// <param name="Purpose">What it is for, in a few words; with our mark the comment, unique in the chain.</param>
/// <param name="Why">One sentence for a person who asks what it is there for.</param>
/// <param name="Text">As nft writes it, without the comment.</param>
/// <param name="Expressions">The same for the kernel.</param>
public sealed record NftablesRule(string Chain, string Purpose, string Why, string Text, IReadOnlyList<NftExpression> Expressions)
{
    /// <summary>The comment it carries.</summary>
    public string Comment => $"{FirewallTag.Host} {Purpose}";

    /// <summary>Puts a rule together.</summary>
    internal static NftablesRule Of(string chain, string purpose, string why, params NftablesPart[] parts) =>
        new(chain, purpose, why, string.Join(' ', parts.Select(part => part.Text)), [.. parts.SelectMany(part => part.Expressions)]);
}
