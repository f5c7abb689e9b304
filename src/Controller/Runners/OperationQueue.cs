namespace Net.Controller.Runners;

/// <summary>Lets operations that change something go one after the other.</summary>
internal sealed class OperationQueue : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _disposed;

    /// <summary>Runs the operation when its turn has come.</summary>
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

    /// <summary>Lets the operation under way come to its end; those that wait for their turn fail.</summary>
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
