namespace Net.Dns.Resolver.Serving;

/// <summary>Items that all time out after the same time. Adding, renewing and removing cost the same with one item and with a hundred
/// thousand: since all wait equally long, the oldest is always the next.</summary>
/// <typeparam name="T">The item.</typeparam>
/// <param name="thread">Gives the clock, and is the thread in which all of this is called.</param>
/// <param name="after">How long each item waits.</param>
/// <param name="expired">Called when an item's time is over; the item has been removed by then.</param>
internal sealed class TimeoutQueue<T>(ServingThread thread, TimeSpan after, Action<T> expired) : ITimeoutQueue
{
    /// <summary>How many items expire in one call: all queries of one client may be due at once, and other clients are served in
    /// between.</summary>
    private const int MaxPerCall = 32;

    private readonly long _after = (long)after.TotalMilliseconds;
    private readonly LinkedList<(T Item, long Due)> _items = [];

    /// <inheritdoc/>
    public long? Next => _items.First?.Value.Due;

    /// <summary>Adds an item.</summary>
    /// <returns>The node to renew or remove it with.</returns>
    public LinkedListNode<(T Item, long Due)> Add(T item) => _items.AddLast((item, thread.Now + _after));

    /// <summary>Starts an item's time again, also when the item has expired.</summary>
    public void Renew(LinkedListNode<(T Item, long Due)> node)
    {
        Remove(node);
        node.Value = (node.Value.Item, thread.Now + _after);
        _items.AddLast(node);
    }

    /// <summary>Removes an item; nothing happens when it has been removed or has expired.</summary>
    public void Remove(LinkedListNode<(T Item, long Due)> node)
    {
        if (node.List == _items)
        {
            _items.Remove(node);
        }
    }

    /// <inheritdoc/>
    public void Expire()
    {
        for (int i = 0; i < MaxPerCall && _items.First is { } oldest && oldest.Value.Due <= thread.Now; i++)
        {
            _items.Remove(oldest);
            expired(oldest.Value.Item);
        }
    }
}
