using System.Globalization;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;

namespace Net.Controller.Lifecycles;

/// <summary>Stops sandboxes' commands and waits for their exit. Other operations run while a command takes its time.</summary>
internal sealed class SandboxStop(ControllerParts parts)
{
    /// <summary>Stops the sandbox. When this returns, all that follows its exit has been done.</summary>
    /// <returns>Whether it ran, or waited to be started again by its restart policy.</returns>
    /// <exception cref="Net.Cnm.Errors.CnmException">Unavailable: the end could not be stored, so the command goes on.</exception>
    public Task<bool> RunAsync(string reference, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        SandboxId id = parts.Model.Current.FindSandbox(reference).Id;
        return parts.Turns.RunAsync(id, () => StopForGoodAsync(id, grace, signal, cancellationToken), cancellationToken);
    }

    /// <summary>As <see cref="RunAsync"/>, for a caller that has the sandbox's turn.</summary>
    public async Task<bool> StopForGoodAsync(SandboxId id, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        bool waited = await MarkAsync(parts, id, cancellationToken);
        return await RunInTurnAsync(id, grace, signal, cancellationToken) || waited;
    }

    /// <summary>Keeps the restart policy of a sandbox from starting it until the user does.</summary>
    /// <returns>Whether it waited to be started.</returns>
    public static async Task<bool> MarkAsync(ControllerParts parts, SandboxId id, CancellationToken cancellationToken) =>
        parts.Model.Current.SandboxesById.GetValueOrDefault(id) is { } sandbox
        && (sandbox is { State: SandboxState.Running, RestartPolicy: not null } || sandbox.IsRestarting)
        && await parts.Queue.RunAsync(() => parts.Runner.RunAsync(new MarkStopped(id), cancellationToken), cancellationToken);

    /// <summary>Stops the sandbox for a caller that has its turn and starts it again; what its restart policy would do it does not
    /// change. A sandbox that is gone did not run.</summary>
    public async Task<bool> RunInTurnAsync(SandboxId id, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        if (parts.Model.Current.SandboxesById.GetValueOrDefault(id) is not { State: SandboxState.Running } sandbox)
        {
            return false;
        }

        parts.Store.RequireWritable();
        await SandboxPause.ReleaseAsync(parts, id);
        Task<int>? exit = parts.Watches.Find(id);
        parts.Tell(sandbox, "kill", ("signal", (signal ?? Signals.Terminate).ToString(CultureInfo.InvariantCulture)));
        await parts.Processes.StopAsync(id, signal ?? Signals.Terminate, grace, cancellationToken);
        if (exit is not null)
        {
            await exit.WaitAsync(cancellationToken);
        }

        parts.Tell(sandbox, "stop");
        return true;
    }

    /// <summary>Waits until the command of a sandbox has exited.</summary>
    /// <returns>Its exit code; 0 for a sandbox that was never started.</returns>
    public async Task<int> WaitAsync(string reference, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, Task<int>? exit) = await FindAsync(reference, cancellationToken);
        return sandbox.State == SandboxState.Running && exit is not null ? await exit.WaitAsync(cancellationToken) : sandbox.ExitCode ?? 0;
    }

    /// <summary>The sandbox and the task that watches it, read while no life cycle of it is under way.</summary>
    private Task<(Sandbox Sandbox, Task<int>? Exit)> FindAsync(string reference, CancellationToken cancellationToken)
    {
        SandboxId id = parts.Model.Current.FindSandbox(reference).Id;
        return parts.Queue.RunAsync(
            () => Task.FromResult((parts.Model.Current.FindSandbox(id.Value), parts.Watches.Find(id))), cancellationToken);
    }
}
