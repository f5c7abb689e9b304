using System.Collections.Concurrent;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Controller.Watches;

/// <summary>Watches the command of every running sandbox and, when it exits, does what follows.</summary>
/// <param name="processes">The shims.</param>
/// <param name="onExit">Called when a command has exited, again after a failure. It records the exit and returns the exit code.</param>
/// <param name="log">Receives failures.</param>
/// <param name="time">The clock.</param>
internal sealed class ExitWatches(
    ISandboxProcesses processes, Func<SandboxId, SandboxProcessState, Task<int>> onExit, IControllerLog log, TimeProvider time)
    : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SandboxId, ExitWatch> _watches = new();
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    /// <summary>Starts to watch a sandbox whose command was started.</summary>
    public void Begin(SandboxId sandbox) =>
        _watches[sandbox] = ExitWatch.Start(sandbox, processes, onExit, log, time, _stop.Token);

    /// <summary>The exit of a sandbox; null when it is not watched. The result is the exit code, once all that follows the exit has been
    /// done; it throws when that fails, and can be asked for again.</summary>
    public Task<int>? Find(SandboxId sandbox) => _watches.GetValueOrDefault(sandbox)?.Exit;

    /// <summary>The exit of the command that runs in a sandbox now, not of one that is started after it: the result asks its watch, as
    /// <see cref="Find"/> does, each time it is called. Of a sandbox that is not watched the exit code is 0.</summary>
    public Func<Task<int>> Follow(SandboxId sandbox) =>
        _watches.GetValueOrDefault(sandbox) is { } watch ? () => watch.Exit : () => Task.FromResult(0);

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
        foreach (ExitWatch watch in _watches.Values)
        {
            await watch.Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }
}
