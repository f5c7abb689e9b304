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
    private readonly BackgroundWork _waiting = new();

    /// <summary>Has a sandbox started after its <see cref="Sandbox.RestartDelay"/>.</summary>
    /// <param name="sandbox">The sandbox as it is in the model.</param>
    public void Begin(Sandbox sandbox) => _waiting.TryBegin(stop => RunAsync(sandbox, stop));

    /// <summary>Ends the waiting; a start that is under way is carried to its end.</summary>
    public ValueTask DisposeAsync() => _waiting.DisposeAsync();

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
