namespace Net.Cnm.DesiredState;

/// <summary>What should be, held against what is.</summary>
/// <param name="Missing">Should exist and does not.</param>
/// <param name="Different">Exists with another property: what is wanted, and in words what is there.</param>
/// <param name="Leftover">Carries our tag and should not exist.</param>
/// <param name="Conflicts">In words: another's object stands where ours should be. Never touched.</param>
public sealed record StateDifference(
    IReadOnlyList<DesiredObject> Missing,
    IReadOnlyList<(DesiredObject Wanted, string Actual)> Different,
    IReadOnlyList<KernelLeftover> Leftover,
    IReadOnlyList<string> Conflicts)
{
    /// <summary>Whether all is as it should be.</summary>
    public bool IsEmpty => Missing.Count == 0 && Different.Count == 0 && Leftover.Count == 0 && Conflicts.Count == 0;
}
