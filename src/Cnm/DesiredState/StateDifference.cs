using Net.Cnm.Firewalls;

namespace Net.Cnm.DesiredState;

/// <summary>How the kernel deviates from desired state. A value: it contains everything that mending it needs, so that any engine can mend
/// it, at any time and more than once.</summary>
/// <param name="Missing">Objects that should exist and do not.</param>
/// <param name="Different">Objects that exist with another property: what is wanted, and in words what is there.</param>
/// <param name="Leftover">What carries our tag and should not exist.</param>
/// <param name="Conflicts">In words: another's object stands where ours should be. Mending leaves it alone.</param>
/// <param name="Policies">The firewall policies that the rules were compared with: those wanted, without those of owners in whose place
/// something of another's stands, whose rules would be for a device that is not ours.</param>
public sealed record StateDifference(
    IReadOnlyList<DesiredObject> Missing,
    IReadOnlyList<(DesiredObject Wanted, string Actual)> Different,
    IReadOnlyList<KernelLeftover> Leftover,
    IReadOnlyList<string> Conflicts,
    IReadOnlyList<FirewallPolicy> Policies)
{
    /// <summary>Whether everything is as it should be.</summary>
    public bool IsEmpty => Missing.Count == 0 && Different.Count == 0 && Leftover.Count == 0 && Conflicts.Count == 0;
}
