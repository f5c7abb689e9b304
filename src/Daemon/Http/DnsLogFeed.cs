using System.Threading.Channels;
using Net.Dns.Resolver;

namespace Net.Daemon.Http;

/// <summary>The resolver's log for one reader. Whoever reads too slowly loses entries, and is told how many: the resolver never waits.</summary>
internal sealed class DnsLogFeed : IDisposable
{
    private const int MostWaiting = 4096;

    private readonly Channel<Item> _waiting = Channel.CreateBounded<Item>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly string? _client;
    private readonly TimeProvider _time;
    private readonly IDisposable _following;
    private int _lost;

    /// <summary>Begins to listen.</summary>
    /// <param name="server">Whom to.</param>
    /// <param name="client">The key of the one client that is of interest; null for all.</param>
    /// <param name="time">The clock.</param>
    public DnsLogFeed(DnsServer server, string? client, TimeProvider time)
    {
        _client = client;
        _time = time;
        _following = server.Follow(Take);
    }

    /// <summary>The entries as they come.</summary>
    public ChannelReader<Item> Reader => _waiting.Reader;

    /// <summary>Nothing comes any more; what waits can still be read.</summary>
    public void End() => _waiting.Writer.TryComplete();

    /// <summary>Listens no more.</summary>
    public void Dispose() => _following.Dispose();

    // In a serving thread: only what must be done there.
    private void Take(DnsLogEntry entry)
    {
        if (_client is not null && entry.Client != _client)
        {
            return;
        }

        int lost = Interlocked.Exchange(ref _lost, 0);
        if (!_waiting.Writer.TryWrite(new Item(entry, _time.GetUtcNow(), lost)))
        {
            Interlocked.Add(ref _lost, lost + 1);
        }
    }

    /// <summary>What waits to be read.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="Time">When it came.</param>
    /// <param name="Lost">How many before it were lost.</param>
    internal readonly record struct Item(DnsLogEntry Entry, DateTimeOffset Time, int Lost);
}
