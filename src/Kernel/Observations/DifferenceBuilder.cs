using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Errors;

namespace Net.Kernel.Observations;

/// <summary>Collects what the kinds find when they compare desired objects with the kernel.</summary>
internal sealed class DifferenceBuilder
{
    private readonly List<DesiredObject> _missing = [];
    private readonly List<(DesiredObject, string)> _different = [];
    private readonly List<KernelLeftover> _leftover = [];
    private readonly List<string> _conflicts = [];
    private readonly HashSet<OwnerId> _contested = [];

    /// <summary>Adds an object that does not exist. One that was handed over to another program is left out: it is never made
    /// again.</summary>
    public void Missing(DesiredObject desired)
    {
        if (desired.Ownership != Ownership.HandedOver)
        {
            _missing.Add(desired);
        }
    }

    /// <summary>Adds an object that exists with other properties; nothing when there are no deviations.</summary>
    public void Different(DesiredObject desired, IEnumerable<string> deviations)
    {
        string words = string.Join(", ", deviations);
        if (words.Length > 0 && desired.Ownership != Ownership.HandedOver)
        {
            _different.Add((desired, words));
        }
    }

    /// <summary>Adds something of ours that nothing wants.</summary>
    public void Leftover(KernelLeftover leftover) => _leftover.Add(leftover);

    /// <summary>Adds a conflict: something of another's is in the place of an object. No other object of that owner counts as missing or
    /// different then: it would be made on a device that is not ours.</summary>
    public void Conflict(DesiredObject desired, string problem)
    {
        _conflicts.Add($"{ObjectWords.Of(desired)}: {problem}");
        _contested.Add(desired.Owner);
    }

    /// <summary>Adds something of another's that keeps ours from working.</summary>
    public void Obstacle(string words) => _conflicts.Add(words);

    /// <summary>The owners with an object in whose place something of another's stands.</summary>
    public IReadOnlySet<OwnerId> Contested => _contested;

    /// <summary>The difference of all that was added.</summary>
    /// <param name="policies">The policies that the rules were compared with.</param>
    public StateDifference Build(IReadOnlyList<FirewallPolicy> policies) => new(
        [.. _missing.Where(desired => !_contested.Contains(desired.Owner))],
        [.. _different.Where(pair => !_contested.Contains(pair.Item1.Owner))],
        _leftover,
        _conflicts,
        policies);
}
