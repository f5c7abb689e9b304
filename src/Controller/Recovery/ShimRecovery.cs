using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Lifecycles;
using Net.Controller.Operations;
using Net.Controller.Rules;

namespace Net.Controller.Recovery;

/// <summary>Makes the model and the shims agree at the start of a daemon: what exited meanwhile is recorded, what no sandbox wants is
/// ended, and what a sandbox lacks is started. Runs inside the operation queue. What fails for one sandbox does not keep the
/// others.</summary>
internal sealed class ShimRecovery(ControllerParts parts)
{
    private readonly List<SandboxId> _running = [];
    private readonly List<SandboxId> _unheld = [];
    private readonly List<SandboxId> _unrecorded = [];
    private readonly List<string> _problems = [];

    /// <summary>The sandboxes that run.</summary>
    public IReadOnlyList<SandboxId> Running => _running;

    /// <summary>The sandboxes to be watched: those that run, and those whose exit could not be recorded yet.</summary>
    public IEnumerable<SandboxId> Watched => _running.Concat(_unrecorded);

    /// <summary>How many sandboxes exited while no daemon ran.</summary>
    public int Exited { get; private set; }

    /// <summary>Whether a lost store may have held what there are processes or files of.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>What could not be recorded, each a sentence. The watches try it again.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Reads the states of all shims and records them.</summary>
    public async Task ReadStatesAsync(CancellationToken cancellationToken)
    {
        foreach (Sandbox sandbox in parts.Model.Current.Sandboxes.Where(
            s => s.State == SandboxState.Running && s.StackSource != StackSource.Foreign))
        {
            int exited = Exited;
            try
            {
                await ReadStateAsync(sandbox, cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // What is not known to have ended runs, as far as the model says.
                (Exited > exited ? _unrecorded : _running).Add(sandbox.Id);
                _problems.Add(
                    error is CnmException ? error.Message : $"container {sandbox.Name} cannot be looked after yet: {error.Message}");
            }
        }

        await RemoveExitedAsync(cancellationToken);
    }

    /// <summary>Stops shims of sandboxes that are not in the model or do not run there, and what killed shims have left running. A daemon
    /// that was killed while it started or removed a sandbox leaves such shims.</summary>
    /// <remarks>After a loss of the store, a shim that the model does not want may belong to a container that should run. It is left alone
    /// until a person says what becomes of it, and so are the logs of containers that have ended.</remarks>
    public async Task StopUnwantedAsync(CancellationToken cancellationToken)
    {
        if (parts.Store.Loss is null)
        {
            await Task.WhenAll(FindUnwanted().Select(id => StopAsync(id, cancellationToken)));
            return;
        }

        await Task.WhenAll(_unheld.Select(id => StopAsync(id, cancellationToken)));
        IReadOnlyList<SandboxId> unknown = await FindUnknownAsync(cancellationToken);
        HasUnknown = unknown.Count > 0 || FindUnwanted().Any(id => parts.Model.Current.Find(id) is null);
        if (unknown.Count > 0)
        {
            string names = string.Join(", ", unknown.Take(10).Select(id => id.Short));
            parts.Log.Warning(
                $"{unknown.Count} containers run that the store does not know ({names}); they are left alone until netctl doctor "
                    + "--fix or netctl system reset ends them");
        }
    }

    /// <summary>The sandboxes whose shim runs although the model does not say so; none unless the store is lost.</summary>
    public async Task<IReadOnlyList<SandboxId>> FindUnknownAsync(CancellationToken cancellationToken)
    {
        var unknown = new List<SandboxId>();
        foreach (SandboxId id in parts.Store.Loss is null ? [] : FindUnwanted().Except(_unheld))
        {
            if (await MayRunAsync(id, cancellationToken))
            {
                unknown.Add(id);
            }
        }

        return unknown;
    }

    private async Task<bool> MayRunAsync(SandboxId id, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.Processes.ReadStateAsync(id, cancellationToken) is { ShimAlive: true };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return true; // its state is damaged, so nobody knows
        }
    }

    /// <summary>Gives each sandbox without a command that lacks a shim a new one. The network stacks exist by now.</summary>
    public async Task HoldAsync()
    {
        // Those that share a network stack come after those that have one.
        foreach (Sandbox sandbox in _unheld.Select(id => parts.Model.Current[id]).OrderBy(sandbox => sandbox.SharesStackOf is not null))
        {
            try
            {
                Sandbox holder = SharedStackRule.HolderOf(sandbox, parts.Model.Current);
                SandboxProcessState state = await parts.Processes.StartAsync(
                    SandboxSpecs.For(sandbox, holder, process: null, parts.Paths, parts.Options), CancellationToken.None);
                await parts.Runner.RunAsync(new RecordProcess(sandbox.Id, state), CancellationToken.None);
                _running.Add(sandbox.Id);
            }
            catch (Exception error)
            {
                // The watch finds no shim, and records the exit.
                _unrecorded.Add(sandbox.Id);
                _problems.Add($"container {sandbox.Name} cannot be brought up again: {error.Message}");
            }
        }
    }

    private IEnumerable<SandboxId> FindUnwanted() => parts.Processes.ReadSandboxIds().Where(id =>
        _unheld.Contains(id) || parts.Model.Current.Find(id) is not { State: SandboxState.Running });

    private async Task ReadStateAsync(Sandbox sandbox, CancellationToken cancellationToken)
    {
        SandboxProcessState? state = await parts.Processes.ReadStateAsync(sandbox.Id, cancellationToken);
        if (state is { ShimAlive: false } && EndRule.IsOfRunBefore(state, sandbox))
        {
            state = null;
        }

        if (state is { ShimAlive: true } && sandbox.EndedFor == EndPurpose.Removal)
        {
            await parts.Processes.StopAsync(sandbox.Id, Signals.Kill, TimeSpan.Zero, cancellationToken);
            state = await parts.Processes.ReadStateAsync(sandbox.Id, cancellationToken);
        }

        if (state is { ShimAlive: true })
        {
            if (sandbox.ProcessId != state.ProcessId || sandbox.Started != state.Started)
            {
                await parts.Runner.RunAsync(new RecordProcess(sandbox.Id, state), cancellationToken);
            }

            if (parts.Model.Current[sandbox.Id].IsPaused)
            {
                await parts.Processes.PauseAsync(sandbox.Id, cancellationToken);
            }

            _running.Add(sandbox.Id);
        }
        else if (sandbox is { Process: null, EndedFor: not EndPurpose.Removal })
        {
            // The machine was started anew, the shim was killed, or an earlier version made the sandbox: it had no shims for these.
            _unheld.Add(sandbox.Id);
        }
        else
        {
            // What is left of its network stack is removed now. After a reboot nothing is left, which is no error.
            await RecordExitAsync(sandbox, state);
        }
    }

    private async Task RecordExitAsync(Sandbox sandbox, SandboxProcessState? state)
    {
        if (state is null && sandbox is { Started: null, AutoRemove: false })
        {
            // Its start was broken off before there was a shim: it is as it was before, and is started again where an end would have that
            // follow. One with --rm counts as ended, since nobody may know of it.
            Sandbox before = EndRule.AfterEnd(
                sandbox with { State = sandbox.Finished is null ? SandboxState.Created : SandboxState.Exited });
            await parts.Runner.RunAsync(new UndoStart(before, error: null), CancellationToken.None);
            return;
        }

        Exited++;
        state ??= new SandboxProcessState(ShimAlive: false, null, null, null, null);
        await parts.Runner.RunAsync(new ExitSandbox(sandbox.Id, state, parts.Time.GetUtcNow()), CancellationToken.None);
    }

    // Those that have exited now, and those whose exit was recorded by a daemon that was killed before it removed them, by --rm or by a
    // removal. What a killed shim has left running is known by the sandbox's files alone, so that it is ended before they go.
    private async Task RemoveExitedAsync(CancellationToken cancellationToken)
    {
        foreach (Sandbox sandbox in parts.Model.Current.Sandboxes.Where(EndRule.IsToGo))
        {
            try
            {
                await parts.Processes.StopAsync(sandbox.Id, Signals.Kill, TimeSpan.Zero, cancellationToken);
                await SandboxExit.RemoveIfToGoAsync(parts, sandbox.Id);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                _unrecorded.Add(sandbox.Id);
                _problems.Add(
                    error is CnmException ? error.Message : $"container {sandbox.Name} cannot be removed yet: {error.Message}");
            }
        }
    }

    private async Task StopAsync(SandboxId id, CancellationToken cancellationToken)
    {
        try
        {
            bool ran = !_unheld.Contains(id) && parts.Processes.ReadProcessIds(id).Count > 0;
            await parts.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, cancellationToken);
            if (ran)
            {
                parts.Log.Warning($"container {id.Short}, which is not to run any more as the store says, ran still and is ended");
            }

            if (!parts.Model.Current.SandboxesById.ContainsKey(id))
            {
                parts.Processes.RemoveFiles(id);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            parts.Log.Warning($"the shim of {id.Short}, which no running container has, cannot be ended: {error.Message}");
        }
    }
}
