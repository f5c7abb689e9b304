namespace Net.Controller.Runners;

/// <summary>Runs operations one at a time. One that is held up by another program lets the others go first.</summary>
/// <param name="time">The clock for how long it is held up.</param>
internal sealed class OperationQueue(TimeProvider time) : IAsyncDisposable
{
    /// <summary>How long an operation waits for another program, and how often it looks whether it still has to.</summary>
    private static readonly TimeSpan HeldLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan HeldPause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _disposed;

    /// <summary>Runs an operation when those before it have ended.</summary>
    /// <param name="operation">The operation. It is run again when it says, by <see cref="HeldUpException"/>, that it has changed nothing
    /// and has to wait for another program.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        long? since = null;
        while (true)
        {
            await _turn.WaitAsync(cancellationToken);
            try
            {
                return await operation();
            }
            catch (HeldUpException held)
            {
                since ??= time.GetTimestamp();
                if (time.GetElapsedTime(since.Value) >= HeldLimit)
                {
                    throw held.ToFailure(HeldLimit);
                }
            }
            finally
            {
                _turn.Release();
            }

            await Task.Delay(HeldPause, time, cancellationToken);
        }
    }

    /// <summary>Waits for the operation under way; operations that still wait fail.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await _turn.WaitAsync();
            _turn.Dispose();
        }
    }
}
