using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Controller.Watches;

/// <summary>Watches the command of every running sandbox and, when it exits, does what follows.</summary>
/// <remarks>A sandbox that is Running in the model, or waits for its restart, has a watch of this run of its command or the next: one is
/// expected (<see cref="Expect"/>) in the same turn of the operation queue in which the model comes to say so, before the command is
/// started. So whoever looks at the model and asks for the exit within one turn never gets that of an earlier run.</remarks>
/// <param name="processes">The shims.</param>
/// <param name="onExit">Called when a command has exited, again after a failure. It records the exit and returns the exit code.</param>
/// <param name="log">Receives failures.</param>
/// <param name="time">The clock.</param>
internal sealed class ExitWatches(
    ISandboxProcesses processes, Func<SandboxId, SandboxProcessState, Task<int>> onExit, IControllerLog log, TimeProvider time)
    : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SandboxId, ExitWatch> _watches = [];
    private readonly Dictionary<SandboxId, ExitWatch> _expected = [];
    private readonly Dictionary<SandboxId, TaskCompletionSource<int>> _removals = [];
    private readonly CancellationTokenSource _stop = new();
    private bool _disposed;

    /// <summary>From now on <see cref="Find"/> gives the exit of the command that is started next, unless one is expected
    /// already.</summary>
    public void Expect(SandboxId sandbox)
    {
        lock (_lock)
        {
            if (!_expected.ContainsKey(sandbox))
            {
                _expected.Add(sandbox, New(sandbox));
            }
        }
    }

    /// <summary>Starts to watch a sandbox whose command was started.</summary>
    public void Begin(SandboxId sandbox)
    {
        lock (_lock)
        {
            ExitWatch watch = Take(sandbox) ?? New(sandbox);
            _watches[sandbox] = watch;
            watch.Begin(_stop.Token);
        }
    }

    /// <summary>Starts to watch a sandbox whose command runs, unless it is watched already.</summary>
    public void BeginUnlessWatched(SandboxId sandbox)
    {
        lock (_lock)
        {
            if (_watches.GetValueOrDefault(sandbox) is not { Work.IsCompleted: false })
            {
                Begin(sandbox);
            }
        }
    }

    /// <summary>Gives up what could not be done yet after the last exit, since the command is started again.</summary>
    public void Supersede(SandboxId sandbox)
    {
        lock (_lock)
        {
            _watches.GetValueOrDefault(sandbox)?.Supersede();
        }
    }

    /// <summary>The command that was expected is not started: those who wait for its exit get the code of the last one.</summary>
    public void GiveUp(SandboxId sandbox, int code)
    {
        lock (_lock)
        {
            Take(sandbox)?.Settle(code);
        }
    }

    /// <summary>The start of the command that was expected has failed. The exit of the one that is started next stays expected.</summary>
    public void FailStart(SandboxId sandbox)
    {
        lock (_lock)
        {
            _expected.GetValueOrDefault(sandbox)?.FailStart();
        }
    }

    /// <summary>Ends when the start of a command fails that is expected now; null when none is.</summary>
    public Task? FindFailedStart(SandboxId sandbox)
    {
        lock (_lock)
        {
            return _expected.GetValueOrDefault(sandbox)?.FailedStart;
        }
    }

    /// <summary>The exit of a sandbox; null when it is not watched. The result is the exit code, once all that follows the exit has been
    /// done; it throws when that fails, and can be asked for again.</summary>
    public Task<int>? Find(SandboxId sandbox)
    {
        lock (_lock)
        {
            return (_expected.GetValueOrDefault(sandbox) ?? _watches.GetValueOrDefault(sandbox))?.Exit;
        }
    }

    /// <summary>The exit of the command that runs in a sandbox now, not of one that is started after it: the result asks its watch, as
    /// <see cref="Find"/> does, each time it is called. Of a sandbox that is not watched the exit code is 0.</summary>
    public Func<Task<int>> Follow(SandboxId sandbox)
    {
        lock (_lock)
        {
            return _watches.GetValueOrDefault(sandbox) is { } watch ? () => watch.Exit : () => Task.FromResult(0);
        }
    }

    /// <summary>The removal of a sandbox that exists. The result is the code that <see cref="Remove"/> gets.</summary>
    public Task<int> FindRemoval(SandboxId sandbox)
    {
        lock (_lock)
        {
            if (!_removals.TryGetValue(sandbox, out TaskCompletionSource<int>? removal))
            {
                _removals.Add(sandbox, removal = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            return removal.Task;
        }
    }

    /// <summary>Drops the watch of a sandbox that has been removed.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="code">The exit code of its last command; 0 when none has exited.</param>
    public void Remove(SandboxId sandbox, int code)
    {
        lock (_lock)
        {
            _watches.Remove(sandbox);
            Take(sandbox)?.Settle(code);
            if (_removals.Remove(sandbox, out TaskCompletionSource<int>? removal))
            {
                removal.SetResult(code);
            }
        }
    }

    /// <summary>Stops watching; the commands keep running.</summary>
    public async ValueTask DisposeAsync()
    {
        ExitWatch[] watches;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            watches = [.. _watches.Values];
            foreach (ExitWatch expected in _expected.Values)
            {
                expected.End();
            }
        }

        await _stop.CancelAsync();
        foreach (ExitWatch watch in watches)
        {
            await watch.Work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private ExitWatch New(SandboxId sandbox) => new(sandbox, processes, onExit, log, time);

    private ExitWatch? Take(SandboxId sandbox) => _expected.Remove(sandbox, out ExitWatch? watch) ? watch : null;
}
