namespace Net.Firewall.Iptables;

/// <summary>Where the jumps to our chains stand among other programs' rules in FORWARD of the table filter.</summary>
/// <remarks>
/// What another program accepts before our jumps never reaches our chains. Docker Engine and libvirt insert such rules at the top of the
/// chain whenever they make a network: without a comparison of places their containers and machines would reach ours by address. Rules that
/// only drop may stay before ours, as a drop in another table has effect beside an accept with nftables.
/// </remarks>
internal static class ForwardPlace
{
    // Docker's documentation tells administrators to put their own rules here, those included that accept.
    private const string DockerUser = "DOCKER-USER";

    // It parts the Engine's networks, internal ones among them, and drops only.
    private const string DockerIsolation = "DOCKER-ISOLATION";

    /// <summary>Whether a chain is the one of which the place of our jumps matters.</summary>
    public static bool Matters(string table, string chain) => (table, chain) == ("filter", "FORWARD");

    /// <summary>Whether our jumps are at their place: no rule of another program that accepts, or that jumps to a chain that does, stands
    /// before the last of them, and those of <see cref="RulesBefore"/> stand before the first.</summary>
    public static bool IsRight(IptablesState state)
    {
        ILookup<string, IptablesRule> chains = Filter(state);
        IptablesRule[] rules = [.. chains["FORWARD"]];
        int first = Array.FindIndex(rules, IsOurJump);
        int last = Array.FindLastIndex(rules, IsOurJump);
        return first >= RulesBefore(state) && !rules.Take(last).Any(rule => Accepts(rule, chains));
    }

    /// <summary>How many rules of other programs our jumps are inserted after: the first ones of the chain, as long as each is a jump for
    /// all packets to a chain that accepts nothing and does not drop everything. A jump to the chain of Docker's administrators is one,
    /// whatever they have put there.</summary>
    /// <remarks>Only Docker's own jumps are put before ours. One of an administrator's that stands after ours, or was there before there
    /// were any of ours, may be the end of the chain, where what nobody has accepted is dropped.</remarks>
    public static int RulesBefore(IptablesState state)
    {
        ILookup<string, IptablesRule> chains = Filter(state);
        int first = Array.FindIndex([.. chains["FORWARD"]], IsOurJump);
        return chains["FORWARD"].Where(rule => rule.Owner is null)
            .TakeWhile((rule, place) => OnlySorts(rule, state, chains) && (place < first || IsDockers(rule)))
            .Count();
    }

    private static bool IsDockers(IptablesRule rule) =>
        rule.Target == DockerUser || rule.Target?.StartsWith(DockerIsolation, StringComparison.Ordinal) == true;

    // The jump to the guard comes last of all.
    private static bool IsOurJump(IptablesRule rule) =>
        rule.Target is { } chain and not IptablesLayout.Guard && IptablesLayout.IsOurs(chain);

    private static ILookup<string, IptablesRule> Filter(IptablesState state) =>
        state.Rules.Where(rule => rule.Table == "filter").ToLookup(rule => rule.Chain);

    private static bool OnlySorts(IptablesRule rule, IptablesState state, ILookup<string, IptablesRule> chains) =>
        rule.Target is { } chain && rule.IsForAllPackets && state.HasChain("filter", chain)
        && (chain == DockerUser || (!Accepts(rule, chains) && !EndsAll(chain, chains)));

    private static bool EndsAll(string chain, ILookup<string, IptablesRule> chains) => chains[chain].Any(rule =>
        rule.IsForAllPackets && rule.Target is { } target && (target is "DROP" or "REJECT" || EndsAll(target, chains)));

    private static bool Accepts(IptablesRule rule, ILookup<string, IptablesRule> chains) =>
        rule.Target is "ACCEPT"
        || (rule.Target is { } chain and not DockerUser
            && !IptablesLayout.IsOurs(chain)
            && chains[chain].Any(inner => Accepts(inner, chains)));
}
