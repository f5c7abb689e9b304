using Net.Cnm.DesiredState;
using Net.Cnm.Firewalls;
using Net.Kernel.Errors;
using Net.Kernel.Steps;

namespace Net.Kernel.Observations;

/// <summary>Collects what the kinds find when they compare desired objects with the kernel.</summary>
internal sealed class DifferenceBuilder
{
    private readonly List<DesiredObject> _missing = [];
    private readonly List<(DesiredObject, string)> _different = [];
    private readonly List<KernelLeftover> _leftover = [];
    private readonly List<string> _conflicts = [];
    private readonly HashSet<OwnerId> _contested = [];
    private readonly List<DesiredObject> _gone = [];
    private readonly List<DesiredObject> _takenElsewhere = [];
    private readonly List<DesiredObject> _unbound = [];
    private readonly HolderSet _absent = new();
    private readonly HashSet<string> _renamed = new(StringComparer.Ordinal);
    private bool _leftoversAreKnown = true;

    /// <summary>Adds an object that does not exist. One that was handed over to another program is never made again, and neither is what
    /// cannot be without it. A pair whose near end is not here has ended; a link that has one end only is where it was taken to.</summary>
    public void Missing(DesiredObject desired)
    {
        if (desired.Ownership != Ownership.HandedOver)
        {
            _missing.Add(desired);
        }
        else if (desired is VethPair)
        {
            _gone.Add(desired);
            Absent(desired);
        }
    }

    /// <summary>Adds an object that exists with other properties; nothing when there are no deviations. Of one that was handed over to
    /// another program, only what is this program's still counts.</summary>
    public void Different(DesiredObject desired, IEnumerable<string> deviations)
    {
        string words = string.Join(", ", deviations);
        if (words.Length > 0)
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

    /// <summary>Records that an object is not there and that only another program can bring it back. What cannot be without it waits, and
    /// is neither missing nor different.</summary>
    public void Absent(DesiredObject desired) => _absent.Add(desired);

    /// <summary>Adds an object that cannot be compared with the kernel. It is left as it is until it can be.</summary>
    public void Unclear(DesiredObject desired, Exception error) => _conflicts.Add(KernelErrors.Translate(error, desired).Message);

    /// <summary>Records that what is left over of one kind of objects is not known, since they could not all be compared.</summary>
    public void LeftoversUnknown(Exception error)
    {
        _leftoversAreKnown = false;
        _conflicts.Add($"what is left over in the kernel is not known completely: {error.Message}");
    }

    /// <summary>Adds a link of ours that another program has renamed: it is no leftover, nor is what is on it, and it gets its name
    /// back.</summary>
    public void Renamed(string currentName) => _renamed.Add(currentName);

    /// <summary>Adds what another builder has collected.</summary>
    public void Take(DifferenceBuilder other, bool withLeftovers)
    {
        _missing.AddRange(other._missing);
        _different.AddRange(other._different);
        _leftover.AddRange(withLeftovers ? other._leftover : []);
        _conflicts.AddRange(other._conflicts);
        _contested.UnionWith(other._contested);
        _renamed.UnionWith(other._renamed);
        _gone.AddRange(other._gone);
        _takenElsewhere.AddRange(other._takenElsewhere);
        _unbound.AddRange(other._unbound);
        _absent.UnionWith(other._absent);
    }

    /// <summary>Notes that a link that is different is whole and in use under another name or in another namespace.</summary>
    public void TakenElsewhere(DesiredObject desired) => _takenElsewhere.Add(desired);

    /// <summary>Notes that of a namespace that is different only the file is.</summary>
    public void Unbound(DesiredObject desired) => _unbound.Add(desired);

    /// <summary>Adds something of another's that keeps ours from working.</summary>
    public void Obstacle(string words) => _conflicts.Add(words);

    /// <summary>The owners with an object in whose place something of another's stands.</summary>
    public IReadOnlySet<OwnerId> Contested => _contested;

    /// <summary>The difference of all that was added.</summary>
    /// <param name="policies">The policies that the rules were compared with.</param>
    public StateDifference Build(IReadOnlyList<FirewallPolicy> policies)
    {
        HolderSet absent = AbsentWithMissing();
        bool IsMendable(DesiredObject desired) => !_contested.Contains(desired.Owner) && !absent.HasAnyUnder(desired);
        return new StateDifference(
            [.. _missing.Where(IsMendable)],
            [.. _different.Where(pair => IsMendable(pair.Item1))],
            [.. _leftover.Where(leftover => !IsOnRenamedLink(leftover))],
            _conflicts,
            policies)
        {
            LeftoversAreKnown = _leftoversAreKnown,
            Gone = _gone,
            TakenElsewhere = _takenElsewhere,
            Unbound = _unbound,
        };
    }

    // A missing object that waits keeps what is on it waiting as well.
    private HolderSet AbsentWithMissing()
    {
        var absent = new HolderSet();
        absent.UnionWith(_absent);
        var waiting = new HashSet<DesiredObject>();
        while (_missing.FirstOrDefault(desired => absent.HasAnyUnder(desired) && waiting.Add(desired)) is { } more)
        {
            absent.Add(more);
        }

        return absent;
    }

    private bool IsOnRenamedLink(KernelLeftover leftover) =>
        leftover is ObjectLeftover { Object: var removable } && HostLinkOf(removable) is { } link && _renamed.Contains(link);

    private static string? HostLinkOf(DesiredObject removable) => removable switch
    {
        StrayLink link => link.Name,
        LinkAddress { Namespace.IsHost: true } address => address.Link,
        NeighbourObject { Namespace.IsHost: true } neighbour => neighbour.Link,
        _ => null,
    };
}
