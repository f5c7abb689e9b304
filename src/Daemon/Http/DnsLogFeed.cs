using System.Threading.Channels;
using Net.Dns.Resolver;

namespace Net.Daemon.Http;

/// <summary>The resolver's log for one reader. A reader that is too slow loses entries, and is told how many: the resolver never
/// waits.</summary>
internal sealed class DnsLogFeed : IDisposable
{
    private const int MaxQueued = 4096;

    private readonly Channel<Item> _queue = Channel.CreateBounded<Item>(new BoundedChannelOptions(MaxQueued) { SingleReader = true });
    private readonly TimeProvider _time;
    private IDisposable? _subscription;
    private int _lost;

    private DnsLogFeed(TimeProvider time) => _time = time;

    /// <summary>The entries as they come. It completes when the one client of interest has been removed.</summary>
    public ChannelReader<Item> Reader => _queue.Reader;

    /// <summary>Begins to listen to all clients.</summary>
    /// <param name="server">The server whose log it is.</param>
    /// <param name="time">The clock.</param>
    public static DnsLogFeed OfAll(DnsServer server, TimeProvider time)
    {
        var feed = new DnsLogFeed(time);
        feed._subscription = server.Follow(feed.Add);
        return feed;
    }

    /// <summary>Begins to listen to one client, until it is removed.</summary>
    /// <param name="server">The server whose log it is.</param>
    /// <param name="client">The client's key.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Null when there is no such client.</returns>
    public static DnsLogFeed? Of(DnsServer server, string client, TimeProvider time)
    {
        var feed = new DnsLogFeed(time);
        feed._subscription = server.Follow(client, feed.Add, feed.End);
        return feed._subscription is null ? null : feed;
    }

    /// <summary>Stops listening.</summary>
    public void Dispose() => _subscription?.Dispose();

    // Called in a serving thread, so it does no more than has to be done there.
    private void Add(DnsLogEntry entry)
    {
        int lost = Interlocked.Exchange(ref _lost, 0);
        if (!_queue.Writer.TryWrite(new Item(entry, _time.GetUtcNow(), lost)))
        {
            Interlocked.Add(ref _lost, lost + 1);
        }
    }

    private void End() => _queue.Writer.TryComplete();

    /// <summary>An entry that waits to be read.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="Time">When the message came.</param>
    /// <param name="Lost">How many entries before it were lost.</param>
    internal readonly record struct Item(DnsLogEntry Entry, DateTimeOffset Time, int Lost);
}
