namespace Net.Controller.Watches;

/// <summary>Work that goes on until it is done or the controller ends.</summary>
internal sealed class BackgroundWork : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _work = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    /// <summary>Begins a piece of work.</summary>
    /// <param name="work">The work. It throws nothing but OperationCanceledException, after the token is cancelled.</param>
    /// <returns>False when the controller ends, so that nothing is begun.</returns>
    public bool TryBegin(Func<CancellationToken, Task> work)
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return false;
            }

            Task task = work(_stop.Token);
            _work.Add(task);
            _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            return true;
        }
    }

    /// <summary>Cancels what goes on, and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] work;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            work = [.. _work];
        }

        await _stop.CancelAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Forget(Task work)
    {
        lock (_lock)
        {
            _work.Remove(work);
        }
    }
}
