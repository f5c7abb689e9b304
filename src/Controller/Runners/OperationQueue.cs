namespace Net.Controller.Runners;

/// <summary>Lets one operation run at a time, in the order in which they were requested.</summary>
internal sealed class OperationQueue : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _disposed;

    /// <summary>Runs an operation when those before it have ended.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await operation();
        }
        finally
        {
            _turn.Release();
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
