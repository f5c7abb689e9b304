using Net.Cnm.DesiredState;

namespace Net.Controller.Recovery;

/// <summary>Keeps a container, or another program, and the daemon from working against each other without end: what is taken away again as
/// soon as it is put back is put back three times within a minute, and then only reported.</summary>
internal sealed class MendLimit(TimeProvider time)
{
    /// <summary>How often one object is mended within <see cref="Window"/>.</summary>
    public const int Most = 3;

    /// <summary>The time within which mends are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, List<long>> _mends = new(StringComparer.Ordinal);

    /// <summary>Begins a mending, in which an object counts once, however often it is looked at.</summary>
    /// <param name="scope">For which objects there is a limit.</param>
    public MendRound Begin(MendLimitScope scope)
    {
        foreach ((string key, List<long> times) in _mends)
        {
            times.RemoveAll(at => time.GetElapsedTime(at) >= Window);
            if (times.Count == 0)
            {
                _mends.Remove(key);
            }
        }

        return new MendRound(this, scope);
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
