namespace Net.Cnm.Firewalls;

/// <summary>How the rules in the kernel deviate from the desired policies.</summary>
/// <param name="Missing">Policies of which at least one rule is missing or out of place.</param>
/// <param name="Leftover">Rules and set elements of this program that no policy wants.</param>
public sealed record FirewallDifference(IReadOnlyList<FirewallPolicy> Missing, IReadOnlyList<RuleLeftover> Leftover)
{
    /// <summary>Whether nothing is missing or left over, and only another program's rules have come before ours. Then all policies are out
    /// of place.</summary>
    public bool IsOvertaken { get; init; }

    /// <summary>Whether the rules in the kernel are exactly those that the policies want.</summary>
    public bool IsEmpty => Missing.Count == 0 && Leftover.Count == 0;
}
