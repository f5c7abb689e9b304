using Net.Firewall.Iptables;

namespace Net.Firewall.Watches;

/// <summary>Detects that the tables of iptables-legacy have changed, with a few system calls and without starting a program.</summary>
internal sealed class LegacyCheck : IDisposable
{
    private readonly LegacyTables[] _families;
    private int[] _last;

    /// <summary>Opens the tables in the namespace of the calling thread.</summary>
    public LegacyCheck()
    {
        _families = [.. Enum.GetValues<FirewallFamily>().Select(LegacyTables.Open).OfType<LegacyTables>()];
        _last = Read();
    }

    /// <summary>Whether the tables differ from those at the previous call. Changes of our own count, since they are seen only
    /// afterwards.</summary>
    public bool HasChanged()
    {
        int[] now = Read();
        bool changed = !now.AsSpan().SequenceEqual(_last);
        _last = now;
        return changed;
    }

    /// <summary>Makes the next call of <see cref="HasChanged"/> return true, whatever it finds.</summary>
    /// <remarks>For use after rules were put back: if they were taken away once more before the next look, the tables would be the same as
    /// those that were seen last.</remarks>
    public void Forget() => _last = [];

    public void Dispose()
    {
        foreach (LegacyTables family in _families)
        {
            family.Dispose();
        }
    }

    private int[] Read() => [.. _families.SelectMany(family => IptablesLayout.Tables.Select(family.Fingerprint))];
}
