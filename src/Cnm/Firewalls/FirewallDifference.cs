namespace Net.Cnm.Firewalls;

/// <summary>What the firewall should do, held against the rules in the kernel.</summary>
/// <param name="Missing">Policies with at least one rule missing or out of place.</param>
/// <param name="Leftover">Rules of ours that no policy wants.</param>
public sealed record FirewallDifference(IReadOnlyList<FirewallPolicy> Missing, IReadOnlyList<RuleLeftover> Leftover)
{
    /// <summary>Whether the rules are as they should be.</summary>
    public bool IsEmpty => Missing.Count == 0 && Leftover.Count == 0;
}
