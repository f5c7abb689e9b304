using Net.Cnm.Errors;
using Net.Cnm.Findings;
using Net.Cnm.Firewalls;
using Net.Firewall.Obstacles;

namespace Net.Firewall.Iptables;

/// <summary>The firewall by <c>iptables-restore</c>: one call a change and family, in the namespace of the calling thread.</summary>
/// <remarks>
/// A change is first tried on the assumption that our chains and rules are as they were left. Only when that is refused are the rules read
/// and the change planned from what is there. So a policy must not be added twice: for rules that may be there already there is
/// <see cref="Reconcile"/>, which also removes duplicates. Not safe for two threads at once: changes must come one after the other.
/// </remarks>
/// <param name="programs">The iptables programs.</param>
/// <param name="ipv6Available">Whether the kernel has IPv6.</param>
public sealed class IptablesBackend(IptablesPrograms programs, bool ipv6Available = true) : IFirewallBackend
{
    /// <inheritdoc/>
    public string Name => "iptables";

    /// <inheritdoc/>
    public void Change(FirewallChange change)
    {
        IptablesRule[] add = Compile(change.Add);
        IptablesRule[] remove = Compile(change.Remove);
        var done = new List<FirewallFamily>();
        foreach (FirewallFamily family in Enum.GetValues<FirewallFamily>())
        {
            IptablesRule[] toAdd = Of(family, add);
            IptablesRule[] toRemove = Of(family, remove);
            if (toAdd.Length + toRemove.Length == 0)
            {
                continue;
            }

            try
            {
                Change(family, toAdd, toRemove);
                done.Add(family);
            }
            catch (CnmException)
            {
                foreach (FirewallFamily before in done)
                {
                    Undo(before, Of(before, add), Of(before, remove));
                }

                throw;
            }
        }
    }

    /// <inheritdoc/>
    public FirewallDifference Diff(IReadOnlyCollection<FirewallPolicy> desired)
    {
        var missing = new HashSet<FirewallPolicy>();
        var leftover = new List<RuleLeftover>();
        bool isWhole = true;
        List<(FirewallPolicy Policy, IptablesRule[] Rules)> wanted = [.. desired.Select(policy => (policy, Compile([policy])))];
        foreach (FirewallFamily family in Enum.GetValues<FirewallFamily>())
        {
            IptablesState state = Observe(family, wanted.SelectMany(entry => entry.Rules));
            bool layout = state.HasLayout();
            if (state.HasChains() && !state.HasWholeLayout() && !wanted.Any(entry => Of(family, entry.Rules).Length > 0))
            {
                leftover.Add(new RuleLeftover(
                    "chain", $"{ProgramOf(family)}: netctl's chains, to which nothing leads any more", FirewallTag.Host));
            }

            HashSet<IptablesRule> expected = [.. IptablesLayout.Jumps(family)];
            foreach ((FirewallPolicy policy, IptablesRule[] all) in wanted)
            {
                IptablesRule[] rules = Of(family, all);
                expected.UnionWith(rules);
                isWhole &= rules.Length == 0 || state.Has(rules);
                if (rules.Length > 0 && !(layout && state.Has(rules)))
                {
                    missing.Add(policy);
                    isWhole &= state.HasWholeLayout();
                }
            }

            leftover.AddRange(state.Ours()
                .Where(entry => !expected.Contains(entry.Rule))
                .Select(entry => new RuleLeftover("rule", Describe(entry.Rule), entry.Rule.Owner!)));
        }

        return new FirewallDifference([.. desired.Where(missing.Contains)], leftover)
        {
            IsOvertaken = isWhole && missing.Count > 0 && leftover.Count == 0,
        };
    }

    /// <inheritdoc/>
    public void Reconcile(IReadOnlyCollection<FirewallPolicy> desired)
    {
        List<IptablesRule[]> wanted = [.. desired.Select(policy => Compile([policy]))];
        foreach (FirewallFamily family in Enum.GetValues<FirewallFamily>())
        {
            IReadOnlyList<IReadOnlyList<IptablesRule>> groups = [.. wanted.Select(rules => Of(family, rules))];
            IptablesPlan plan = IptablesPlan.Reconcile(Observe(family, groups.SelectMany(group => group)), groups);
            if (!plan.IsEmpty && programs.Restore(plan) is { } refusal)
            {
                throw Refused(family, refusal);
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explain(FirewallChange change)
    {
        IptablesRule[] add = Compile(change.Add);
        IptablesRule[] remove = Compile(change.Remove);
        return
        [
            .. Enum.GetValues<FirewallFamily>().SelectMany(family =>
                Of(family, [.. add, .. remove]).Length == 0
                    ? []
                    : IptablesPlan.From(programs.Save(family), Of(family, add), Of(family, remove)).ToCommands()),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<PortTraffic> ReadTraffic(IReadOnlyCollection<PublishedPort> ports)
    {
        var traffic = new List<PortTraffic>();
        foreach (IGrouping<FirewallFamily, PublishedPort> family in ports.GroupBy(port => PolicyFamilies.Of(port.HostAddress)))
        {
            IReadOnlyDictionary<IptablesRule, (ulong Packets, ulong Bytes)> counters = programs.ReadCounters(family.Key, "nat");
            traffic.AddRange(family
                .Select(port => (Port: port, Rule: IptablesPortRules.Translation(port)))
                .Where(entry => counters.ContainsKey(entry.Rule))
                .Select(entry => new PortTraffic(entry.Port, counters[entry.Rule].Packets, counters[entry.Rule].Bytes)));
        }

        return traffic;
    }

    /// <inheritdoc/>
    public string? FindHolder(IReadOnlyCollection<FirewallPolicy> policies) =>
        policies.Count > 0 ? programs.FindHolder() : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> FindObstacles() => ForwardObstacles.BesideIptables(programs);

    /// <inheritdoc/>
    public IReadOnlyList<StoppedPacket> FindStopped(IReadOnlyCollection<SamplePacket> packets) => PacketStops.BesideIptables(packets);

    /// <inheritdoc/>
    public IReadOnlyList<string> FindLegacyTables() =>
        programs.ReadVariant() == IptablesVariant.NfTables ? IptablesVariantConflict.InLegacy() : [];

    /// <inheritdoc/>
    public void RemoveAll()
    {
        var failures = new List<CnmException>();
        foreach (FirewallFamily family in Enum.GetValues<FirewallFamily>().Where(programs.AreInstalled))
        {
            IptablesPlan plan = IptablesPlan.RemoveAll(programs.Save(family));
            if (!plan.IsEmpty && programs.Restore(plan) is { } refusal)
            {
                failures.Add(Refused(family, refusal));
            }
        }

        if (failures.Count > 0)
        {
            throw failures[0];
        }
    }

    private static IptablesRule[] Of(FirewallFamily family, IptablesRule[] rules) => [.. rules.Where(rule => rule.Family == family)];

    private static string ProgramOf(FirewallFamily family) => family == FirewallFamily.IPv4 ? "iptables" : "ip6tables";

    private static string Describe(IptablesRule rule) => $"{ProgramOf(rule.Family)} -t {rule.Table} -A {rule.Chain} {rule.Specification}";

    private static CnmException Refused(FirewallFamily family, string reason) => new(
        CnmErrorKind.Internal,
        $"firewall: {ProgramOf(family)}-restore refused the rules and nothing was changed: " +
        $"{reason}");

    private IptablesRule[] Compile(IEnumerable<FirewallPolicy> policies) =>
        [.. policies.SelectMany(policy => IptablesCompiler.Compile(policy, ipv6Available))];

    /// <summary>The rules that are there. A family in which nothing is wanted and whose programs are not installed has no rules of
    /// ours.</summary>
    private IptablesState Observe(FirewallFamily family, IEnumerable<IptablesRule> wanted) =>
        programs.AreInstalled(family) || wanted.Any(rule => rule.Family == family) ? programs.Save(family) : IptablesState.Empty(family);

    private void Change(FirewallFamily family, IptablesRule[] add, IptablesRule[] remove)
    {
        if (programs.Restore(IptablesPlan.Assume(family, add, remove)) is null)
        {
            return;
        }

        IptablesPlan plan = IptablesPlan.From(programs.Save(family), add, remove);
        if (!plan.IsEmpty && programs.Restore(plan) is { } refusal)
        {
            Undo(family, add, remove);
            throw Refused(family, refusal);
        }
    }

    /// <summary>Undoes a change: a table before the one that was refused may have been changed already.</summary>
    private void Undo(FirewallFamily family, IptablesRule[] added, IptablesRule[] removed)
    {
        IptablesPlan plan = IptablesPlan.From(programs.Save(family), removed, added);
        if (!plan.IsEmpty && programs.Restore(plan) is { } refusal)
        {
            throw new CnmException(
                CnmErrorKind.Internal,
                $"firewall: a change was refused and could not be taken back: {refusal}; run netctl doctor --fix");
        }
    }
}
