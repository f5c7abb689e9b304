using System.Diagnostics;

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
    /// <remarks>It holds either all turns or none, so it neither keeps a life cycle from beginning while it waits for another one, nor can
    /// wait for somebody who waits for it.</remarks>
    /// <param name="keys">The objects.</param>
    /// <param name="body">What is run.</param>
    /// <param name="limit">How long it waits for the turns.</param>
    /// <param name="refusal">Makes the exception for the end of that time, from an object whose life cycle goes on.</param>
    /// <param name="cancellationToken">Ends the waiting; the body is not cancelled by it.</param>
    public async Task<T> RunAllAsync<T>(
        IReadOnlyCollection<TKey> keys,
        Func<Task<T>> body,
        TimeSpan limit,
        Func<TKey, Exception> refusal,
        CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        (TKey Key, Turn Turn)[] turns = [.. keys.Select(key => (key, Enter(key)))];
        try
        {
            while (TryTake(turns) is { } busy)
            {
                TimeSpan left = limit - Stopwatch.GetElapsedTime(began);
                if (left <= TimeSpan.Zero || !await busy.Turn.Gate.WaitAsync(left, cancellationToken))
                {
                    throw refusal(busy.Key);
                }

                busy.Turn.Gate.Release();
            }

            try
            {
                return await body();
            }
            finally
            {
                Array.ForEach(turns, entry => entry.Turn.Gate.Release());
            }
        }
        finally
        {
            Array.ForEach(turns, entry => Leave(entry.Key, entry.Turn));
        }
    }

    // Takes all turns or none. Null, or one that somebody else has.
    private static (TKey Key, Turn Turn)? TryTake((TKey Key, Turn Turn)[] turns)
    {
        for (int taken = 0; taken < turns.Length; taken++)
        {
            if (!turns[taken].Turn.Gate.Wait(0))
            {
                Array.ForEach(turns[..taken], entry => entry.Turn.Gate.Release());
                return turns[taken];
            }
        }

        return null;
    }

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
