using System.Collections.Concurrent;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Controller.Watches;

/// <summary>Waits for the end of every running sandbox's command and has what follows done, once.</summary>
/// <param name="processes">The shims.</param>
/// <param name="ended">What follows: takes note of the end, and gives the exit code.</param>
internal sealed class ExitWatches(ISandboxProcesses processes, Func<SandboxId, SandboxProcessState, Task<int>> ended, IControllerLog log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SandboxId, Task<int>> _watches = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    /// <summary>Begins to watch a sandbox whose command was started.</summary>
    public void Begin(SandboxId sandbox) => _watches[sandbox] = Task.Run(() => WatchAsync(sandbox));

    /// <summary>Ends with the exit code when all that follows the end has been done; null when the sandbox is not watched.</summary>
    public Task<int>? Find(SandboxId sandbox) => _watches.GetValueOrDefault(sandbox);

    /// <summary>Forgets a sandbox that has been removed.</summary>
    public void Remove(SandboxId sandbox) => _watches.TryRemove(sandbox, out _);

    /// <summary>Stops watching; the commands go on.</summary>
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
            return await ended(sandbox, state);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.Warning($"the end of container {sandbox.Short} could not be dealt with: {error.Message}");
            throw;
        }
    }
}
