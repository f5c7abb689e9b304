using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's quota of a <see cref="ServingThread"/>: how many of its handlers may run in one round of the thread, and the
/// handlers that wait because it is used up. So a client with a hundred connections is no more of a burden to the others than one with a
/// few.</summary>
internal sealed class ClientQuota
{
    private const int CallsPerRound = 4;

    private readonly Queue<(IReadinessHandler Handler, PollEvents Events)> _queue = new();
    private long _round;
    private int _calls;

    /// <summary>Whether handlers of the client wait.</summary>
    public bool HasWaiting => _queue.Count > 0;

    /// <summary>How many of the waiting handlers run when the client is the next in turn.</summary>
    public int BatchSize => Math.Min(_queue.Count, CallsPerRound);

    /// <summary>Takes one call from the quota of a round. Fails also while handlers of the client wait: those come first.</summary>
    /// <param name="round">The number of the thread's round.</param>
    /// <returns>Whether the handler may run at once.</returns>
    public bool TryConsume(long round)
    {
        if (_round != round)
        {
            (_round, _calls) = (round, 0);
        }

        return !HasWaiting && ++_calls <= CallsPerRound;
    }

    /// <summary>Adds a handler to those that wait.</summary>
    public void Enqueue(IReadinessHandler handler, PollEvents events) => _queue.Enqueue((handler, events));

    /// <summary>Removes the handler that has waited for longest.</summary>
    public (IReadinessHandler Handler, PollEvents Events) Dequeue() => _queue.Dequeue();
}
