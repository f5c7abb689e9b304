using Net.Cnm.Sandboxes;

namespace Net.Controller.Watches;

/// <summary>Waits for the moments at which sandboxes are to be started again. It keeps nothing that the model does not have: a daemon that
/// starts fills it anew.</summary>
/// <param name="restart">Starts a sandbox, unless the model says by now that it is not due. The token ends the waiting for its
/// turn.</param>
/// <param name="log">Receives failures that are not expected.</param>
/// <param name="time">The clock.</param>
internal sealed class RestartSchedule(Func<Sandbox, CancellationToken, Task> restart, IControllerLog log, TimeProvider time)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _work = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    /// <summary>Has a sandbox started after its <see cref="Sandbox.RestartDelay"/>.</summary>
    /// <param name="sandbox">The sandbox as it is in the model.</param>
    public void Begin(Sandbox sandbox)
    {
        lock (_lock)
        {
            if (!_disposed)
            {
                Task work = RunAsync(sandbox, _stop.Token);
                _work.Add(work);
                _ = work.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Ends the waiting; a start that is under way is carried to its end.</summary>
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
        await Task.WhenAll(work);
        _stop.Dispose();
    }

    private void Forget(Task work)
    {
        lock (_lock)
        {
            _work.Remove(work);
        }
    }

    private async Task RunAsync(Sandbox sandbox, CancellationToken stop)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(sandbox.RestartDelay, 1)), time, stop);
            await restart(sandbox, stop);
        }
        catch (OperationCanceledException)
        {
            // The daemon ends. The next one starts it.
        }
        catch (Exception error)
        {
            log.Warning($"container {sandbox.Name} cannot be started again: {error.Message}");
        }
    }
}
