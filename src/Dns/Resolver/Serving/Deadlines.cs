namespace Net.Dns.Resolver.Serving;

/// <summary>Things that must be done after the same time, whatever happens in between. Adding, renewing and taking out cost the same with one and with a
/// hundred thousand: all wait equally long, so the oldest is always the next.</summary>
/// <typeparam name="T">What waits.</typeparam>
/// <param name="thread">Its clock, and the thread in which all of this is called.</param>
/// <param name="after">How long each waits.</param>
/// <param name="expired">Called when the time is over; it is no longer among those that wait then.</param>
internal sealed class Deadlines<T>(ServingThread thread, TimeSpan after, Action<T> expired) : IDeadlines
{
    private const int AtATime = 32; // then others have their turn: one client's questions may all be due at once

    private readonly long _after = (long)after.TotalMilliseconds;
    private readonly LinkedList<(T Item, long Due)> _waiting = [];

    /// <inheritdoc/>
    public long? Next => _waiting.First?.Value.Due;

    /// <summary>Begins to wait.</summary>
    /// <returns>What to renew it or take it out with.</returns>
    public LinkedListNode<(T Item, long Due)> Add(T item) => _waiting.AddLast((item, thread.Now + _after));

    /// <summary>Begins to wait anew, also when its time was over.</summary>
    public void Renew(LinkedListNode<(T Item, long Due)> node)
    {
        Remove(node);
        node.Value = (node.Value.Item, thread.Now + _after);
        _waiting.AddLast(node);
    }

    /// <summary>Waits no more; nothing happens when it does not.</summary>
    public void Remove(LinkedListNode<(T Item, long Due)> node)
    {
        if (node.List == _waiting)
        {
            _waiting.Remove(node);
        }
    }

    /// <inheritdoc/>
    public void Expire()
    {
        for (int i = 0; i < AtATime && _waiting.First is { } oldest && oldest.Value.Due <= thread.Now; i++)
        {
            _waiting.Remove(oldest);
            expired(oldest.Value.Item);
        }
    }
}
