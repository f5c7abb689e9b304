using Net.Cnm.Identifiers;

namespace Net.Controller.Lifecycles;

/// <summary>Lets one start, stop or removal of a sandbox run at a time. These wait for processes, which the operation queue must never do:
/// every other operation would wait with them. So a life cycle holds the sandbox's own turn while it waits, and takes its turn in the
/// operation queue only for what it changes.</summary>
/// <remarks>The order is fixed: first the sandbox's turn, then the queue's. What follows an exit (<see cref="SandboxExit"/>) takes the
/// queue's turn alone, since a stop waits for it.</remarks>
internal sealed class SandboxTurns
{
    private readonly Dictionary<SandboxId, Turn> _turns = [];

    /// <summary>Runs <paramref name="body"/> when the life cycles of this sandbox before it have ended.</summary>
    public async Task<T> RunAsync<T>(SandboxId sandbox, Func<Task<T>> body, CancellationToken cancellationToken)
    {
        Turn turn = Enter(sandbox);
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
            Leave(sandbox, turn);
        }
    }

    private Turn Enter(SandboxId sandbox)
    {
        lock (_turns)
        {
            if (!_turns.TryGetValue(sandbox, out Turn? turn))
            {
                _turns.Add(sandbox, turn = new Turn());
            }

            turn.Users++;
            return turn;
        }
    }

    private void Leave(SandboxId sandbox, Turn turn)
    {
        lock (_turns)
        {
            if (--turn.Users == 0)
            {
                _turns.Remove(sandbox);
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
