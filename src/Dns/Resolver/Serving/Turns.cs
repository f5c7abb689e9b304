using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>Those that wait for their turn in a <see cref="ServingThread"/>: one client after another, of each a few.</summary>
internal sealed class Turns
{
    private readonly Queue<Share> _shares = new(); // those in which some wait, each once
    private readonly HashSet<IReadinessHandler> _waiting = [];
    private Share? _continued; // has its turn now
    private long _turn;

    /// <summary>Whether some wait.</summary>
    public bool HasWaiting => _shares.Count > 0;

    /// <summary>A new turn of the thread has begun.</summary>
    public void Begin() => _turn++;

    /// <summary>Whether one that is ready may go on at once; else it waits, or did so already.</summary>
    public bool MayRun(IReadinessHandler handler, PollEvents events)
    {
        if (_waiting.Contains(handler))
        {
            return false;
        }

        if (handler.Share is not { } share || share.TryTake(_turn))
        {
            return true;
        }

        Wait(handler, share, events);
        return false;
    }

    /// <summary>Has one wait until the others have had their turn. It must have a share.</summary>
    public void Wait(IReadinessHandler handler) => Wait(handler, handler.Share!, PollEvents.None);

    /// <summary>One is gone, and needs no turn any more.</summary>
    public void Forget(IReadinessHandler handler) => _waiting.Remove(handler);

    /// <summary>Gives the client that has waited for longest its share of a turn.</summary>
    /// <param name="call">Called with each that may go on.</param>
    public void RunNext(Action<IReadinessHandler, PollEvents> call)
    {
        if (!_shares.TryDequeue(out _continued))
        {
            return;
        }

        for (int count = _continued.Due; count > 0; count--)
        {
            (IReadinessHandler handler, PollEvents events) = _continued.Next();
            if (_waiting.Remove(handler))
            {
                call(handler, events);
            }
        }

        if (_continued.HasWaiting)
        {
            _shares.Enqueue(_continued);
        }

        _continued = null;
    }

    private void Wait(IReadinessHandler handler, Share share, PollEvents events)
    {
        if (_waiting.Add(handler))
        {
            bool isFirst = !share.HasWaiting && share != _continued;
            share.Add(handler, events);
            if (isFirst)
            {
                _shares.Enqueue(share);
            }
        }
    }
}
