using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Stops sandboxes' commands. Other operations run while a command takes its time.</summary>
internal sealed class SandboxStop(ControllerParts parts)
{
    /// <summary>Stops the sandbox. When this returns, all that follows its exit has been done.</summary>
    /// <returns>Whether it ran, or waited to be started again by its restart policy.</returns>
    /// <exception cref="Net.Cnm.Errors.CnmException">Unavailable: the end could not be stored, so the command goes on.</exception>
    public Task<bool> RunAsync(string reference, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        ForeignSandboxRule.RequireOwn(sandbox);
        return parts.Turns.RunAsync(
            sandbox.Id,
            async () =>
            {
                bool ended = await EndForGoodAsync(sandbox.Id, grace, signal, cancellationToken);
                if (ended)
                {
                    parts.Tell(sandbox, "stop");
                }

                return ended;
            },
            cancellationToken);
    }

    /// <summary>As <see cref="RunAsync"/>, for a caller that has the sandbox's turn and does not call it a stop.</summary>
    public async Task<bool> EndForGoodAsync(SandboxId id, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        bool waited = await MarkAsync(parts, id, cancellationToken);
        return await EndAsync(id, grace, signal, cancellationToken) is not null || waited;
    }

    /// <summary>Keeps the restart policy of a sandbox, or a restart that was broken off, from starting it until the user does.</summary>
    /// <returns>Whether it waited to be started.</returns>
    public static async Task<bool> MarkAsync(ControllerParts parts, SandboxId id, CancellationToken cancellationToken) =>
        parts.Model.Current.SandboxesById.GetValueOrDefault(id) is { } sandbox
        && (sandbox is { State: SandboxState.Running, RestartPolicy: not null } or { EndedFor: EndPurpose.Restart } || sandbox.IsRestarting)
        && await parts.Queue.RunAsync(
            async () =>
            {
                bool waited = await parts.Runner.RunAsync(new MarkStopped(id), cancellationToken);
                if (waited)
                {
                    parts.Watches.GiveUp(id, parts.Model.Current[id].ExitCode ?? 0);
                }

                return waited;
            },
            cancellationToken);

    /// <summary>Stops the sandbox for a caller that has its turn and starts it again; what its restart policy would do it does not
    /// change. Nothing happens to a sandbox that does not run, or is gone.</summary>
    public async Task RunInTurnAsync(SandboxId id, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        if (await EndAsync(id, grace, signal, cancellationToken) is { } sandbox)
        {
            parts.Tell(sandbox, "stop");
        }
    }

    // The sandbox as it was when it ran; null when it did not.
    private async Task<Sandbox?> EndAsync(SandboxId id, TimeSpan grace, int? signal, CancellationToken cancellationToken)
    {
        if (parts.Model.Current.SandboxesById.GetValueOrDefault(id) is not { State: SandboxState.Running } sandbox)
        {
            return null;
        }

        parts.Store.RequireWritable();
        await SandboxPause.ReleaseAsync(parts, id);
        Task<int>? exit = parts.Watches.Find(id);
        await SendAsync(sandbox, signal ?? Signals.Terminate, grace, cancellationToken);
        if (exit is not null)
        {
            await exit.WaitAsync(cancellationToken);
        }

        return sandbox;
    }

    // Tells of each signal, of SIGKILL too when the grace time is over.
    private async Task SendAsync(Sandbox sandbox, int signal, TimeSpan grace, CancellationToken cancellationToken)
    {
        SandboxKill.Tell(parts, sandbox, signal);
        Task end = parts.Processes.StopAsync(sandbox.Id, signal, grace, cancellationToken);
        if (signal != Signals.Kill)
        {
            try
            {
                await end.WaitAsync(grace, parts.Time, cancellationToken);
                return;
            }
            catch (TimeoutException)
            {
                // It may have ended since.
                if (!end.IsCompleted)
                {
                    SandboxKill.Tell(parts, sandbox, Signals.Kill);
                }
            }
        }

        await end;
    }
}
