using Net.Cnm.Errors;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;

namespace Net.Controller.Lifecycles;

/// <summary>Starts a sandbox's command. The sandbox is Running in the store before the shim is started, so that recovery notices a crash of
/// the daemon in between.</summary>
internal sealed class SandboxStart(ControllerParts parts)
{
    /// <summary>Starts the command; nothing happens when it runs already.</summary>
    /// <returns>The streams of the command; null when <paramref name="attach"/> is false.</returns>
    public Task<IProcessStreams?> RunAsync(string reference, bool attach, CancellationToken cancellationToken) =>
        parts.Queue.RunAsync(
            async () =>
            {
                Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
                return sandbox.State == SandboxState.Running
                    ? await AttachIfAsync(sandbox, attach)
                    : await StartAsync(sandbox, attach, cancellationToken);
            },
            cancellationToken);

    private async Task<IProcessStreams?> StartAsync(Sandbox before, bool attach, CancellationToken cancellationToken)
    {
        if (before.Process is null)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"container {before.Name} has no command to start; use netctl exec {before.Name} COMMAND");
        }

        if (before.HasNetworkStack && await parts.Processes.ReadStateAsync(before.Id, cancellationToken) is { ShimAlive: true })
        {
            // This shim has no command and only waits for exec. The command needs a shim of its own.
            await parts.Processes.StopAsync(before.Id, Signals.Kill, TimeSpan.Zero, cancellationToken);
        }

        // From here on the start is not cancelled half-way: either it succeeds or it is undone.
        Sandbox sandbox = await parts.Runner.RunAsync(new StartSandbox(before.Id, parts.Endpoints, parts.Stacks), cancellationToken);
        try
        {
            SandboxProcessState state = await parts.Processes.StartAsync(
                SandboxSpecs.For(sandbox, sandbox.Process, parts.Paths, parts.Options, attach), CancellationToken.None);
            await parts.Runner.RunAsync(new RecordProcess(before.Id, state), CancellationToken.None);
        }
        catch (Exception error)
        {
            await UndoAsync(before);
            throw error as CnmException ?? new CnmException(
                CnmErrorKind.Internal, $"container {before.Name} cannot be started: {error.Message}", error);
        }

        try
        {
            // Attach before the exit is watched: what follows the exit of a short command may remove its log.
            return await AttachIfAsync(sandbox, attach);
        }
        finally
        {
            parts.Watches.Begin(before.Id);
        }
    }

    private async Task UndoAsync(Sandbox before)
    {
        try
        {
            // Also when only recording the process failed: a command that is not in the model must not keep running.
            await parts.Processes.StopAsync(before.Id, Signals.Kill, TimeSpan.Zero, CancellationToken.None);
        }
        catch (Exception error)
        {
            // The cause of the failed start may prevent the stop too. The model must not say Running because of that.
            parts.Log.Warning($"container {before.Name}, whose start failed, cannot be ended: {error.Message}");
        }

        await parts.Runner.RunAsync(new UndoStart(before), CancellationToken.None);
    }

    private async Task<IProcessStreams?> AttachIfAsync(Sandbox sandbox, bool attach) =>
        attach ? await parts.Processes.AttachAsync(sandbox.Id, CancellationToken.None) : null;
}
