using Net.Netlink.Nftables.Expressions;

namespace Net.Firewall.Nftables;

/// <summary>A rule that every table of ours has, as expressions for the kernel and as text for a person.</summary>
/// <param name="Chain">The chain it is in.</param>
/// <param name="Purpose">What it is for, in two or three words; with our mark the comment, unique in the chain.</param>
/// <param name="Text">As nft writes it, without the comment.</param>
/// <param name="Expressions">The same for the kernel.</param>
public sealed record NftablesRule(string Chain, string Purpose, string Text, IReadOnlyList<NftExpression> Expressions)
{
    /// <summary>The comment it carries.</summary>
    public string Comment => $"{FirewallTag.Host} {Purpose}";
}
