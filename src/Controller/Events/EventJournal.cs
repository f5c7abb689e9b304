using System.Threading.Channels;

namespace Net.Controller.Events;

/// <summary>The events of this daemon: the latest 256 of them, as Docker keeps, and all to come for those who follow. A follower that is
/// too slow loses events: nothing waits for it.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class EventJournal
{
    private const int Kept = 256;
    private const int Queued = 4096;

    private readonly Lock _gate = new();
    private readonly Queue<CnmEvent> _latest = new(Kept);
    private readonly List<ChannelWriter<CnmEvent>> _followers = [];

    /// <summary>Adds an event.</summary>
    public void Add(CnmEvent happened)
    {
        lock (_gate)
        {
            if (_latest.Count == Kept)
            {
                _latest.Dequeue();
            }

            _latest.Enqueue(happened);
            foreach (ChannelWriter<CnmEvent> follower in _followers)
            {
                follower.TryWrite(happened);
            }
        }
    }

    /// <summary>Adds the event of a removal of all unused objects of a kind. As Docker's, it names none and says how many bytes of disk
    /// were freed, which is 0 for what is here.</summary>
    public void AddPrune(EventKind kind, DateTimeOffset now) =>
        Add(new CnmEvent(kind, "prune", "", now, new Dictionary<string, string> { ["reclaimed"] = "0" }));

    /// <summary>Follows the events from now on.</summary>
    /// <param name="past">The events that are kept, the oldest first. None is in both.</param>
    public IEventFeed Follow(out IReadOnlyList<CnmEvent> past)
    {
        var channel = Channel.CreateBounded<CnmEvent>(
            new BoundedChannelOptions(Queued) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
        lock (_gate)
        {
            past = [.. _latest];
            _followers.Add(channel.Writer);
        }

        return new Feed(this, channel);
    }

    private sealed class Feed(EventJournal journal, Channel<CnmEvent> channel) : IEventFeed
    {
        public ChannelReader<CnmEvent> Events => channel.Reader;

        public void Dispose()
        {
            lock (journal._gate)
            {
                journal._followers.Remove(channel.Writer);
            }
        }
    }
}
