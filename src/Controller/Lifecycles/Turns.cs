namespace Net.Controller.Lifecycles;

/// <summary>Lets one life cycle of an object run at a time: one start, stop or removal of a sandbox, or one talk with plug-ins about an
/// endpoint. These wait for processes and plug-ins, which the operation queue must never do: every other operation would wait with them. So
/// a life cycle holds the object's own turn while it waits, and takes its turn in the operation queue only for what it changes.</summary>
/// <remarks>The order is fixed: first the sandbox's turn, then that of an endpoint or network, then the queue's. What follows an exit
/// (<see cref="SandboxExit"/>) does not take the sandbox's turn, since a stop waits for it.</remarks>
internal sealed class Turns<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Turn> _turns = [];

    /// <summary>Runs <paramref name="body"/> when the life cycles of this object before it have ended.</summary>
    public async Task<T> RunAsync<T>(TKey key, Func<Task<T>> body, CancellationToken cancellationToken)
    {
        Turn turn = Enter(key);
        try
        {
            await turn.Gate.WaitAsync(cancellationToken);
            try
            {
                return await body();
            }
            finally
            {
                turn.Gate.Release();
            }
        }
        finally
        {
            Leave(key, turn);
        }
    }

    /// <summary>Runs <paramref name="body"/> when the life cycles of all these objects have ended; meanwhile none begins.</summary>
    /// <remarks>Nobody else has several turns at a time, so two of these that are taken in the same order cannot wait for each
    /// other.</remarks>
    /// <param name="keys">The objects, in an order that is the same for all callers.</param>
    /// <param name="body">What is run.</param>
    public Task<T> RunAllAsync<T>(ReadOnlyMemory<TKey> keys, Func<Task<T>> body) =>
        keys.IsEmpty ? body() : RunAsync(keys.Span[0], () => RunAllAsync(keys[1..], body), CancellationToken.None);

    private Turn Enter(TKey key)
    {
        lock (_turns)
        {
            if (!_turns.TryGetValue(key, out Turn? turn))
            {
                _turns.Add(key, turn = new Turn());
            }

            turn.Users++;
            return turn;
        }
    }

    private void Leave(TKey key, Turn turn)
    {
        lock (_turns)
        {
            if (--turn.Users == 0)
            {
                _turns.Remove(key);
                turn.Gate.Dispose();
            }
        }
    }

    private sealed class Turn
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        /// <summary>Those that have the turn or wait for it.</summary>
        public int Users { get; set; }
    }
}
