using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Holds up the processes of a running sandbox, and lets them go on. Its network stays as it is.</summary>
/// <remarks>The model says that a sandbox is paused as long as a process of it may be held up: before the first is, and until the last is
/// not. So a daemon that died in between is followed by one that holds them up, and that can be asked to let them go on.</remarks>
internal sealed class SandboxPause(ControllerParts parts)
{
    /// <summary>Holds up the processes.</summary>
    /// <returns>The sandbox as it was before.</returns>
    /// <exception cref="CnmException">Conflict: it does not run, or is paused. Unavailable: a process does not stop; all go on.</exception>
    public Task<Sandbox> PauseAsync(string reference, CancellationToken cancellationToken) =>
        InTurnAsync(reference, sandbox => PauseInTurnAsync(sandbox, cancellationToken), cancellationToken);

    /// <summary>Lets the processes go on.</summary>
    /// <returns>The sandbox as it was before.</returns>
    /// <exception cref="CnmException">Conflict: it is not paused.</exception>
    public Task<Sandbox> UnpauseAsync(string reference, CancellationToken cancellationToken) => InTurnAsync(
        reference,
        async sandbox => await ReleaseAsync(parts, sandbox.Id)
            ? sandbox
            : throw new CnmException(CnmErrorKind.Conflict, $"Container {sandbox.Id} is not paused"),
        cancellationToken);

    /// <summary>Lets the processes of a sandbox go on before it gets a signal or is stopped.</summary>
    /// <returns>Whether it was paused.</returns>
    public static async Task<bool> ReleaseAsync(ControllerParts parts, SandboxId id)
    {
        if (parts.Model.Current.SandboxesById.GetValueOrDefault(id) is not { IsPaused: true })
        {
            return false;
        }

        await parts.Processes.UnpauseAsync(id, CancellationToken.None);
        await MarkAsync(parts, id, isPaused: false);
        return true;
    }

    private async Task<Sandbox> PauseInTurnAsync(Sandbox sandbox, CancellationToken cancellationToken)
    {
        ForeignSandboxRule.RequireOwn(sandbox);
        if (sandbox.IsRestarting || sandbox.State != SandboxState.Running || sandbox.IsPaused)
        {
            string state = sandbox.IsRestarting ? "is restarting, wait until the container is running"
                : sandbox.IsPaused ? "is already paused"
                : "is not running";
            throw new CnmException(CnmErrorKind.Conflict, $"Container {sandbox.Id} {state}");
        }

        await MarkAsync(parts, sandbox.Id, isPaused: true);
        try
        {
            await parts.Processes.PauseAsync(sandbox.Id, cancellationToken);
        }
        catch
        {
            await ReleaseAsync(parts, sandbox.Id);
            throw;
        }

        return sandbox;
    }

    private Task<Sandbox> InTurnAsync(string reference, Func<Sandbox, Task<Sandbox>> change, CancellationToken cancellationToken)
    {
        SandboxId id = parts.Model.Current.FindSandbox(reference).Id;
        return parts.Turns.RunAsync(id, () => change(parts.Model.Current.FindSandbox(id.Value)), cancellationToken);
    }

    private static Task<bool> MarkAsync(ControllerParts parts, SandboxId id, bool isPaused) => parts.Queue.RunAsync(
        () => parts.Runner.RunAsync(new MarkPaused(id, isPaused), CancellationToken.None), CancellationToken.None);
}
