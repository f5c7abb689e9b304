using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Errors;

namespace Net.Kernel.Observations;

/// <summary>Gathers what the kinds find.</summary>
internal sealed class DifferenceBuilder
{
    private readonly List<DesiredObject> _missing = [];
    private readonly List<(DesiredObject, string)> _different = [];
    private readonly List<KernelLeftover> _leftover = [];
    private readonly List<string> _conflicts = [];
    private readonly HashSet<OwnerId> _contested = [];

    /// <summary>Notes an object that is not there. One that was handed over is another's to miss.</summary>
    public void Missing(DesiredObject thing)
    {
        if (thing.Ownership != Ownership.HandedOver)
        {
            _missing.Add(thing);
        }
    }

    /// <summary>Notes an object with other properties, unless there is nothing to say about it.</summary>
    public void Different(DesiredObject thing, IEnumerable<string> deviations)
    {
        string words = string.Join(", ", deviations);
        if (words.Length > 0 && thing.Ownership != Ownership.HandedOver)
        {
            _different.Add((thing, words));
        }
    }

    /// <summary>Notes something of ours that nothing wants.</summary>
    public void Leftover(KernelLeftover leftover) => _leftover.Add(leftover);

    /// <summary>Notes something of another's where ours should be. Of the same owner nothing else is missing or different then: it would be
    /// made on a device that is not ours.</summary>
    public void Conflict(DesiredObject thing, string problem)
    {
        _conflicts.Add($"{ObjectWords.Of(thing)}: {problem}");
        _contested.Add(thing.Owner);
    }

    /// <summary>Notes something of another's that keeps ours from working.</summary>
    public void Obstacle(string words) => _conflicts.Add(words);

    /// <summary>The owners where something of another's stands in the place of one of their things.</summary>
    public IReadOnlySet<OwnerId> Contested => _contested;

    /// <summary>All that was noted.</summary>
    /// <param name="policies">The policies that the rules were compared with.</param>
    public StateDifference Build(IReadOnlyList<FirewallPolicy> policies) => new(
        [.. _missing.Where(thing => !_contested.Contains(thing.Owner))],
        [.. _different.Where(pair => !_contested.Contains(pair.Item1.Owner))],
        _leftover,
        _conflicts,
        policies);
}
