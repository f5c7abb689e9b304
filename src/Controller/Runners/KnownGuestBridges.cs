using Net.Cnm.Hosts;

namespace Net.Controller.Runners;

/// <summary>The names of bridges of other programs' guests that the firewall's rules may have. Every plan follows from a reading of the
/// host's facts, so these are the names that the readings had since the rules last followed.</summary>
internal sealed class KnownGuestBridges
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private string[] _present = [];

    /// <summary>Whether two readings differed since the rules last followed.</summary>
    public bool HaveChanged { get; private set; }

    /// <summary>The names that the rules may have, and that the last reading did not.</summary>
    public IEnumerable<string> Gone => _known.Except(_present, StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Takes note of a reading.</summary>
    public void See(HostFacts facts)
    {
        string[] present = [.. facts.GuestBridges];
        HaveChanged |= !present.AsSpan().SequenceEqual(_present);
        _known.UnionWith(present);
        _present = present;
    }

    /// <summary>Takes note that the rules have just the names of the last reading.</summary>
    public void NoteFollowed()
    {
        HaveChanged = false;
        _known.Clear();
        _known.UnionWith(_present);
    }
}
