using Net.Netlink.Nftables;

namespace Net.Firewall.Obstacles.Walks;

/// <summary>Takes a packet through the rules of one table, from a base chain on, and finds the rule that decides on it.</summary>
/// <param name="rules">The rules of the table, by their chains.</param>
/// <param name="evaluate">Makes the evaluation of one rule for the packet.</param>
internal sealed class ChainWalk(ILookup<string, NftListedRule> rules, Func<RuleEvaluation> evaluate)
{
    private const int MostJumps = 16; // NFT_JUMP_STACK_SIZE

    /// <summary>Takes the packet through a chain.</summary>
    /// <returns>Accept, Drop, Translate or Unknown; Return where the end of the chain is reached.</returns>
    public WalkEnd Run(string chain, int depth = 0)
    {
        if (depth > MostJumps)
        {
            return new WalkEnd(RuleVerdict.Unknown);
        }

        int place = 0;
        foreach (NftListedRule rule in rules[chain])
        {
            place++;
            RuleEvaluation evaluation = evaluate();
            (Likelihood applies, RuleVerdict verdict) = evaluation.Run(rule.Expressions);
            if (applies == Likelihood.No || verdict == RuleVerdict.Continue)
            {
                continue;
            }

            if (evaluation.Target is { } target && OwnChains.Contains(target))
            {
                // Our rules let the packet through, wherever among our chains.
                if (OwnChains.Decide(rule.Table.Name, target))
                {
                    return new WalkEnd(RuleVerdict.Accept);
                }

                continue;
            }

            WalkEnd end = verdict is RuleVerdict.Jump or RuleVerdict.Goto
                ? Run(evaluation.Target ?? "", depth + 1)
                : new WalkEnd(verdict, rule, place) { IsForAll = !evaluation.HasCondition };
            bool isSure = applies == Likelihood.Yes;
            switch (end.Verdict)
            {
                case RuleVerdict.Return when verdict == RuleVerdict.Jump:
                case RuleVerdict.Drop when !isSure: // it may drop, but that is not known
                    continue;
                case RuleVerdict.Return when !isSure:
                case RuleVerdict.Accept or RuleVerdict.Translate when !isSure:
                    return new WalkEnd(RuleVerdict.Unknown);
                default:
                    return end with { IsForAll = end.IsForAll && !evaluation.HasCondition };
            }
        }

        return new WalkEnd(RuleVerdict.Return);
    }
}
