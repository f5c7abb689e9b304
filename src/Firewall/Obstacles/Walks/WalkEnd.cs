using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles.Walks;

/// <summary>Where a walk through chains ended.</summary>
/// <param name="Verdict">What becomes of the packet.</param>
/// <param name="Rule">The rule that decided; null where none did.</param>
/// <param name="Place">The number of the rule in its chain, from 1.</param>
internal sealed record WalkEnd(RuleVerdict Verdict, NftListedRule? Rule = null, int Place = 0)
{
    /// <summary>Whether the rule decides for every packet.</summary>
    public bool IsForAll { get; init; }
}
