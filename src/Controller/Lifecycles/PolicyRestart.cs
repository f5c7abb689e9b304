using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;

namespace Net.Controller.Lifecycles;

/// <summary>Starts a sandbox again because its restart policy would have it, or because its restart was broken off. When that fails, it is
/// tried again later, as after an exit.</summary>
internal sealed class PolicyRestart(ControllerParts parts)
{
    // As Docker's without -t, since what the user said is not known any more.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>Whether a daemon was ended while it restarted the sandbox, whose command has not ended yet.</summary>
    public static bool IsBrokenOff(Sandbox sandbox) => sandbox is { State: SandboxState.Running, EndedFor: EndPurpose.Restart };

    /// <summary>Starts the sandbox, or has its command end first where that is left to do, unless something else has happened to it
    /// since.</summary>
    /// <param name="due">The sandbox as it was when this was decided.</param>
    /// <param name="cancellationToken">Ends the waiting for the sandbox's turn, not a start that has begun.</param>
    public Task RunAsync(Sandbox due, CancellationToken cancellationToken) =>
        parts.Turns.RunAsync(due.Id, () => IsBrokenOff(due) ? EndAsync(due.Id) : RunInTurnAsync(due), cancellationToken);

    // Whoever watches the command sees its end, and that a start is to follow. The turn is not kept until then: the user may stop or remove
    // the sandbox meanwhile.
    private async Task<bool> EndAsync(SandboxId id)
    {
        bool isBrokenOff = parts.Model.Current.Find(id) is { } sandbox && IsBrokenOff(sandbox);
        if (isBrokenOff)
        {
            await SandboxPause.ReleaseAsync(parts, id);
            await parts.Processes.BeginStopAsync(id, Signals.Terminate, Grace, CancellationToken.None);
        }

        return isBrokenOff;
    }

    private async Task<bool> RunInTurnAsync(Sandbox due)
    {
        if (parts.Model.Current.SandboxesById.GetValueOrDefault(due.Id) is not { IsRestarting: true } sandbox
            || sandbox.Finished != due.Finished || sandbox.RestartCount != due.RestartCount)
        {
            return false;
        }

        try
        {
            await new SandboxStart(parts, byPolicy: true).RunInTurnAsync(due.Id, attach: false, CancellationToken.None);
            if (sandbox.EndedFor == EndPurpose.Restart)
            {
                parts.Tell(sandbox, "restart");
            }

            return true;
        }
        catch (CnmException) when (parts.Model.Current.Find(due.Id) is not { IsRestarting: true })
        {
            return false; // it was stopped for good or removed meanwhile
        }
        catch (CnmException error)
        {
            parts.Log.Warning($"container {sandbox.Name} cannot be started again: {error.Message}");
        }

        await parts.Queue.RunAsync(() => PostponeAsync(due), CancellationToken.None);
        return false;
    }

    private async Task<Sandbox?> PostponeAsync(Sandbox due)
    {
        Sandbox? later = await parts.Runner.RunAsync(new PostponeRestart(due.Id), CancellationToken.None);
        if (later is { IsRestarting: true })
        {
            parts.Restarts.Begin(later);
        }
        else if (later is not null)
        {
            parts.Watches.GiveUp(later.Id, later.ExitCode ?? 0);
            await SandboxExit.RemoveIfToGoAsync(parts, later.Id);
        }

        return later;
    }
}
