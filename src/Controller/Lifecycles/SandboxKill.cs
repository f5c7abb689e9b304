using System.Globalization;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Lifecycles;

/// <summary>Sends a signal to the command of a running sandbox, and does not wait for what comes of it. One that is paused goes on. After
/// SIGKILL and SIGTERM, the signals that end it, its restart policy does not start it again, as after a stop.</summary>
internal sealed class SandboxKill(ControllerParts parts)
{
    /// <summary>Sends the signal.</summary>
    /// <param name="sandbox">The sandbox.</param>
    /// <param name="signal">The signal number, 1 to 64 (signal(7)).</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="CnmException">Conflict: the sandbox does not run, or has no command of its own.</exception>
    public async Task RunAsync(Sandbox sandbox, int signal, CancellationToken cancellationToken)
    {
        bool ends = signal is Signals.Kill or Signals.Terminate;
        if (ends && await SandboxStop.MarkAsync(parts, sandbox.Id, cancellationToken))
        {
            return;
        }

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
        await parts.Processes.SignalAsync(sandbox.Id, signal, cancellationToken);
        Tell(parts, sandbox, signal);
    }

    /// <summary>Tells that a signal is sent to a sandbox's command.</summary>
    public static void Tell(ControllerParts parts, Sandbox sandbox, int signal) =>
        parts.Tell(sandbox, "kill", ("signal", signal.ToString(CultureInfo.InvariantCulture)));
}
