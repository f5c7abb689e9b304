using Net.Cnm.Hosts;

namespace Net.Controller.Runners;

/// <summary>The names of bridges of other programs' guests that the firewall's rules may have. Every plan follows from a reading of the
/// host's facts, so these are the names that the readings had since the rules last followed. Safe to use from several threads.</summary>
internal sealed class KnownGuestBridges
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private string[] _present = [];
    private string[] _followed = [];

    /// <summary>Whether the last reading differs from what the rules last followed.</summary>
    public bool HaveChanged
    {
        get
        {
            lock (_lock)
            {
                return !_present.AsSpan().SequenceEqual(_followed) || _known.Count > _followed.Length;
            }
        }
    }

    /// <summary>Takes note of a reading.</summary>
    public void See(HostFacts facts)
    {
        lock (_lock)
        {
            _present = [.. facts.GuestBridges];
            _known.UnionWith(_present);
        }
    }

    /// <summary>The names that the rules may have beside these, sorted.</summary>
    public IReadOnlyList<string> Beside(IEnumerable<string> names)
    {
        lock (_lock)
        {
            return [.. _known.Except(names, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Takes note that the rules have just these names, sorted.</summary>
    public void NoteFollowed(IEnumerable<string> names)
    {
        lock (_lock)
        {
            _followed = [.. names];
            _known.Clear();
            _known.UnionWith(_followed);
            _known.UnionWith(_present);
        }
    }
}
