using System.Net;

namespace Net.Controller.Foreign;

/// <summary>The addresses that another program, such as Docker Engine, has reserved since this daemon and that program started: their
/// endpoints may be yet to come. It is used within the operation queue alone.</summary>
/// <param name="daemonBegan">The time when the daemon started.</param>
internal sealed class ForeignTakings(DateTimeOffset daemonBegan)
{
    private readonly HashSet<(string Pool, IPAddress Address)> _taken = [];

    /// <summary>The time when the daemon started.</summary>
    public DateTimeOffset DaemonBegan => daemonBegan;

    /// <summary>The time when the other program was last seen to start; the least there is when it has not since the daemon
    /// did.</summary>
    public DateTimeOffset EngineBegan { get; private set; }

    /// <summary>The other program has started: what it was about to do before it will not do any more.</summary>
    public void BeginAnew(DateTimeOffset now)
    {
        EngineBegan = now;
        _taken.Clear();
    }

    /// <summary>Notes that an address was reserved.</summary>
    public void Add(string pool, IPAddress address) => _taken.Add((pool, address));

    /// <summary>Notes that an address was released.</summary>
    public void Remove(string pool, IPAddress address) => _taken.Remove((pool, address));

    /// <summary>Whether an address was reserved and not released.</summary>
    public bool Contains(string pool, IPAddress address) => _taken.Contains((pool, address));
}
