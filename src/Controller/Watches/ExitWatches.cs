using System.Collections.Concurrent;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Controller.Watches;

/// <summary>Watches the command of every running sandbox and, when it exits, starts what follows once.</summary>
/// <param name="processes">The shims.</param>
/// <param name="onExit">Called when a command has exited. It records the exit and returns the exit code.</param>
internal sealed class ExitWatches(
    ISandboxProcesses processes, Func<SandboxId, SandboxProcessState, Task<int>> onExit, IControllerLog log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SandboxId, Task<int>> _watches = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    /// <summary>Starts to watch a sandbox whose command was started.</summary>
    public void Begin(SandboxId sandbox) => _watches[sandbox] = Task.Run(() => WatchAsync(sandbox));

    /// <summary>The task that watches a sandbox; null when it is not watched. Its result is the exit code, once all that follows the exit
    /// has been done.</summary>
    public Task<int>? Find(SandboxId sandbox) => _watches.GetValueOrDefault(sandbox);

    /// <summary>Drops the watch of a sandbox that has been removed.</summary>
    public void Remove(SandboxId sandbox) => _watches.TryRemove(sandbox, out _);

    /// <summary>Stops watching; the commands keep running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync();
        foreach (Task<int> watch in _watches.Values)
        {
            await ((Task)watch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async Task<int> WatchAsync(SandboxId sandbox)
    {
        try
        {
            SandboxProcessState state = await processes.WaitAsync(sandbox, _stop.Token);
            return await onExit(sandbox, state);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.Warning($"the end of container {sandbox.Short} could not be dealt with: {error.Message}");
            throw;
        }
    }
}
