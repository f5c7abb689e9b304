using System.Net;

namespace Net.Controller.Foreign;

/// <summary>The addresses that another program has reserved since this daemon started: their endpoints may be yet to come. It is used
/// within the operation queue alone.</summary>
/// <param name="began">The time when the daemon started.</param>
internal sealed class ForeignTakings(DateTimeOffset began)
{
    private readonly HashSet<(string Pool, IPAddress Address)> _taken = [];

    /// <summary>The time when the daemon started.</summary>
    public DateTimeOffset Began => began;

    /// <summary>Notes that an address was reserved.</summary>
    public void Add(string pool, IPAddress address) => _taken.Add((pool, address));

    /// <summary>Notes that an address was released.</summary>
    public void Remove(string pool, IPAddress address) => _taken.Remove((pool, address));

    /// <summary>Whether an address was reserved and not released.</summary>
    public bool Contains(string pool, IPAddress address) => _taken.Contains((pool, address));
}
