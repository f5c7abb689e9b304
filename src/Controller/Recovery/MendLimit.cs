using Net.Cnm.DesiredState;

namespace Net.Controller.Recovery;

/// <summary>Keeps a container and the daemon from working against each other without end: what a container takes away from its own
/// namespace as soon as it is put back is put back three times within a minute, and then only reported.</summary>
internal sealed class MendLimit(TimeProvider time)
{
    /// <summary>How often one object is mended within <see cref="Window"/>.</summary>
    public const int Most = 3;

    /// <summary>The time within which mends are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, List<long>> _mends = new(StringComparer.Ordinal);

    /// <summary>Begins a mending, in which an object counts once, however often it is looked at.</summary>
    public MendRound Begin()
    {
        foreach ((string key, List<long> times) in _mends)
        {
            times.RemoveAll(at => time.GetElapsedTime(at) >= Window);
            if (times.Count == 0)
            {
                _mends.Remove(key);
            }
        }

        return new MendRound(this);
    }

    /// <summary>Whether the object may be mended; the mend is counted then.</summary>
    internal bool TryCount(DesiredObject desired)
    {
        if (!_mends.TryGetValue(desired.Key, out List<long>? times))
        {
            times = [];
            _mends.Add(desired.Key, times);
        }

        if (times.Count >= Most)
        {
            return false;
        }

        times.Add(time.GetTimestamp());
        return true;
    }
}
