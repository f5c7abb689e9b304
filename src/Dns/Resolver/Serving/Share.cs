using Net.Linux.Descriptors;

namespace Net.Dns.Resolver.Serving;

/// <summary>One client's part of a <see cref="ServingThread"/>: of all its sockets that are ready a few have their turn, then other clients have theirs. So a client
/// with a hundred connections is no more of a burden to others than one with a few.</summary>
internal sealed class Share
{
    private const int PiecesATurn = 4;

    private readonly Queue<(IReadinessHandler Handler, PollEvents Events)> _waiting = new();
    private long _turn;
    private int _pieces;

    /// <summary>Whether some wait for their turn.</summary>
    public bool HasWaiting => _waiting.Count > 0;

    /// <summary>How many of those that wait have their turn together.</summary>
    public int Due => Math.Min(_waiting.Count, PiecesATurn);

    /// <summary>Whether one more may have its turn at once. Not while others wait: they come first.</summary>
    /// <param name="turn">Tells this turn of the thread from others.</param>
    public bool TryTake(long turn)
    {
        if (_turn != turn)
        {
            (_turn, _pieces) = (turn, 0);
        }

        return !HasWaiting && ++_pieces <= PiecesATurn;
    }

    /// <summary>Has one wait.</summary>
    public void Add(IReadinessHandler handler, PollEvents events) => _waiting.Enqueue((handler, events));

    /// <summary>Takes the one that has waited for longest.</summary>
    public (IReadinessHandler Handler, PollEvents Events) Next() => _waiting.Dequeue();
}
