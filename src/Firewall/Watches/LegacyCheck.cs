using Net.Firewall.Iptables;

namespace Net.Firewall.Watches;

/// <summary>Sees that tables of the older iptables have changed, by what the kernel says is in them: some system calls, no
/// program.</summary>
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

    /// <summary>Whether they are other than at the call before. Changes of our own count, since they are seen only afterwards.</summary>
    public bool HasChanged()
    {
        int[] now = Read();
        bool changed = !now.AsSpan().SequenceEqual(_last);
        _last = now;
        return changed;
    }

    /// <summary>Lets the next call of <see cref="HasChanged"/> say yes, whatever it finds.</summary>
    /// <remarks>After rules were put back: taken away once more before the next look, they would leave the very tables that were seen
    /// last.</remarks>
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
