using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Plugins;

namespace Net.Controller.Lifecycles;

/// <summary>Starts a sandbox: its network stack, its shim and its command. The sandbox is Running in the store before the shim is started,
/// so that recovery notices a crash of the daemon in between.</summary>
/// <param name="parts">The controller.</param>
/// <param name="byPolicy">Whether its restart policy starts it, and not the user.</param>
internal sealed class SandboxStart(ControllerParts parts, bool byPolicy = false)
{
    /// <summary>Starts the sandbox; nothing happens when it runs already.</summary>
    /// <returns>The streams of the command; null when <paramref name="attach"/> is false or there is no command.</returns>
    public Task<IProcessStreams?> RunAsync(string reference, bool attach, CancellationToken cancellationToken)
    {
        SandboxId id = parts.Model.Current.FindSandbox(reference).Id;
        return parts.Turns.RunAsync(id, () => RunInTurnAsync(id, attach, cancellationToken), cancellationToken);
    }

    /// <summary>As <see cref="RunAsync"/>, for a caller that has the sandbox's turn.</summary>
    public async Task<IProcessStreams?> RunInTurnAsync(SandboxId id, bool attach, CancellationToken cancellationToken) =>
        parts.Model.Current.FindSandbox(id.Value) is { State: SandboxState.Running } running
            ? await AttachIfAsync(running, attach)
            : await StartAsync(id, attach, cancellationToken);

    private async Task<IProcessStreams?> StartAsync(SandboxId id, bool attach, CancellationToken cancellationToken)
    {
        PluginPatience patience = parts.Talks.BeginPatience();
        await new EndpointFarewell(parts).RequireAsync(id, cancellationToken);

        // From here on the start is not cancelled half-way: either it succeeds or it is undone.
        (Sandbox before, Sandbox sandbox) = await parts.Queue.RunAsync(
            async () =>
            {
                Sandbox before = parts.Model.Current.FindSandbox(id.Value);
                var start = new StartSandbox(id, parts.Endpoints, parts.Stacks, byPolicy);
                return (before, await parts.Runner.RunAsync(start, cancellationToken));
            },
            cancellationToken);
        try
        {
            await new EndpointArrival(parts).RunAsync(id, cancellationToken);
            await new ShimLaunch(parts).RunAsync(id, attach);
        }
        catch
        {
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new UndoStart(before), CancellationToken.None), CancellationToken.None);
            await new PluginRound(parts).AfterRemovalAsync(id, patience);
            throw;
        }

        try
        {
            // Attach before the exit is watched: what follows the exit of a short command may remove its log.
            return await AttachIfAsync(sandbox, attach);
        }
        finally
        {
            parts.Watches.Begin(id);
        }
    }

    private async Task<IProcessStreams?> AttachIfAsync(Sandbox sandbox, bool attach) =>
        attach && sandbox.Process is not null ? await parts.Processes.AttachAsync(sandbox.Id, CancellationToken.None) : null;
}
