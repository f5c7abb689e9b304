using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>Decides which handlers of a <see cref="ServingThread"/> run at once and which wait: round robin over clients, a few handlers of
/// each at a time.</summary>
internal sealed class FairScheduler
{
    private readonly Queue<ClientQuota> _clients = new(); // the clients of which handlers wait, each once
    private readonly HashSet<IReadinessHandler> _waiting = [];
    private ClientQuota? _running; // the client whose waiting handlers run now
    private long _round;

    /// <summary>Whether any handler waits.</summary>
    public bool HasWaiting => _clients.Count > 0;

    /// <summary>Begins a round of the thread: every client has its whole quota again.</summary>
    public void BeginRound() => _round++;

    /// <summary>Whether a handler that has become ready may run at once; otherwise it is queued, unless it waits already.</summary>
    public bool TryRunNow(IReadinessHandler handler, PollEvents events)
    {
        if (_waiting.Contains(handler))
        {
            return false;
        }

        if (handler.Quota is not { } quota || quota.TryConsume(_round))
        {
            return true;
        }

        Enqueue(handler, quota, events);
        return false;
    }

    /// <summary>Queues a handler that has a quota, to run again after the other clients.</summary>
    public void Enqueue(IReadinessHandler handler) => Enqueue(handler, handler.Quota!, PollEvents.None);

    /// <summary>Removes a handler whose descriptor is no longer watched.</summary>
    public void Remove(IReadinessHandler handler) => _waiting.Remove(handler);

    /// <summary>Runs waiting handlers of the client that has waited for longest.</summary>
    /// <param name="run">Called with each handler.</param>
    public void RunNextClient(Action<IReadinessHandler, PollEvents> run)
    {
        if (!_clients.TryDequeue(out _running))
        {
            return;
        }

        for (int count = _running.BatchSize; count > 0; count--)
        {
            (IReadinessHandler handler, PollEvents events) = _running.Dequeue();
            if (_waiting.Remove(handler))
            {
                run(handler, events);
            }
        }

        if (_running.HasWaiting)
        {
            _clients.Enqueue(_running);
        }

        _running = null;
    }

    private void Enqueue(IReadinessHandler handler, ClientQuota quota, PollEvents events)
    {
        if (_waiting.Add(handler))
        {
            bool isFirst = !quota.HasWaiting && quota != _running;
            quota.Enqueue(handler, events);
            if (isFirst)
            {
                _clients.Enqueue(quota);
            }
        }
    }
}
