using System.Globalization;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Sends a signal to the command of a running sandbox. One that is paused goes on. After SIGKILL and SIGTERM, the signals that end
/// it, its restart policy does not start it again, as after a stop; a restart that waits for its end does. Only what comes of SIGKILL is
/// waited for: no command can refuse it.</summary>
internal sealed class SandboxKill(ControllerParts parts)
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10);

    /// <summary>Sends the signal.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="signal">The signal number, 1 to 64 (signal(7)).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CnmException">Conflict: the sandbox does not run, or has no command of its own. Unavailable: it has not ended
    /// within 10 s of SIGKILL, since a process of it waits in the kernel.</exception>
    public async Task RunAsync(Sandbox sandbox, int signal, CancellationToken cancellationToken)
    {
        ForeignSandboxRule.RequireOwn(sandbox);
        if (signal is not (Signals.Kill or Signals.Terminate))
        {
            await SendAsync(sandbox, signal, cancellationToken);
            return;
        }

        Sandbox before = parts.Model.Current.FindSandbox(sandbox.Id.Value);
        bool endsInRestart = before is { State: SandboxState.Running, EndedFor: EndPurpose.Restart };
        if (!endsInRestart && await SandboxStop.MarkAsync(parts, before.Id, cancellationToken))
        {
            return;
        }

        try
        {
            await SendAsync(parts.Model.Current.FindSandbox(before.Id.Value), signal, cancellationToken);
        }
        catch (CnmException error) when (
            error.Kind == CnmErrorKind.Conflict && before is { State: SandboxState.Running, Process: not null, RestartPolicy: not null })
        {
            // Its command had ended by itself, or was being started: it is not started again now, and what has been started is ended.
            await parts.Turns.RunAsync(before.Id, () => EndStartedAsync(before.Id, signal, cancellationToken), cancellationToken);
        }
    }

    private async Task<bool> EndStartedAsync(SandboxId id, int signal, CancellationToken cancellationToken)
    {
        await SandboxStop.MarkAsync(parts, id, cancellationToken);
        try
        {
            if (parts.Model.Current.Find(id) is { State: SandboxState.Running } started)
            {
                await SendAsync(started, signal, cancellationToken);
            }

            return true;
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.Conflict)
        {
            return false; // it has ended meanwhile
        }
    }

    private async Task SendAsync(Sandbox sandbox, int signal, CancellationToken cancellationToken)
    {
        if (sandbox.State != SandboxState.Running)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"cannot kill container: {sandbox.Name}: container {sandbox.Id} is not running");
        }

        if (sandbox.Process is null)
        {
            throw SandboxExec.NoCommandRuns(sandbox);
        }

        await SandboxPause.ReleaseAsync(parts, sandbox.Id);
        Task<int>? exit = signal == Signals.Kill ? parts.Watches.Find(sandbox.Id) : null;
        await parts.Processes.SignalAsync(sandbox.Id, signal, cancellationToken);
        Tell(parts, sandbox, signal);
        try
        {
            await (exit?.WaitAsync(EndLimit, parts.Time, cancellationToken) ?? Task.CompletedTask);
        }
        catch (TimeoutException error)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"tried to kill container {sandbox.Name}, but did not receive an exit event: a process of it waits in the kernel; see ps "
                    + "-o pid,stat,wchan,args",
                error);
        }
    }

    /// <summary>Tells that a signal is sent to a sandbox's command.</summary>
    public static void Tell(ControllerParts parts, Sandbox sandbox, int signal) =>
        parts.Tell(sandbox, "kill", ("signal", signal.ToString(CultureInfo.InvariantCulture)));
}
