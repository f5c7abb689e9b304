using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Rules;

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
        Sandbox sandbox = parts.Model.Current.FindSandbox(reference);
        ForeignSandboxRule.RequireOwn(sandbox);
        SandboxId id = sandbox.Id;
        return parts.Turns.RunAsync(id, () => RunInTurnAsync(id, attach, cancellationToken), cancellationToken);
    }

    /// <summary>As <see cref="RunAsync"/>, for a caller that has the sandbox's turn.</summary>
    public async Task<IProcessStreams?> RunInTurnAsync(SandboxId id, bool attach, CancellationToken cancellationToken) =>
        parts.Model.Current.FindSandbox(id.Value) is { State: SandboxState.Running } running
            ? await AttachIfAsync(running, attach, cancellationToken)
            : await StartAsync(id, attach, cancellationToken);

    private async Task<IProcessStreams?> StartAsync(SandboxId id, bool attach, CancellationToken cancellationToken)
    {
        PluginPatience patience = parts.Talks.BeginPatience();
        if (attach && parts.Model.Current[id] is { Process: not null } attached)
        {
            parts.Tell(attached, "attach"); // before the start, as Docker's clients attach
        }

        // From here on the start is not cancelled half-way: either it succeeds or it is undone.
        (Sandbox before, Sandbox sandbox) = await BeginAsync(id, cancellationToken);
        try
        {
            await new EndpointArrival(parts).RunAsync(id, cancellationToken);
            await new ShimLaunch(parts).RunAsync(id, awaitsReader: attach || parts.AwaitedStarts.HasAny(id));
        }
        catch (Exception error)
        {
            await parts.Queue.RunAsync(() => UndoAsync(before, error as CnmException), CancellationToken.None);
            parts.AwaitedStarts.Fail(id, error);
            await new PluginRound(parts).AfterRemovalAsync(id, patience);
            throw;
        }

        try
        {
            // Attach before the exit is watched: what follows the exit of a short command may remove its log.
            await parts.AwaitedStarts.ConnectAsync(sandbox.Id, () => ConnectAsync(sandbox));
            return attach && sandbox.Process is not null ? await ConnectAsync(sandbox) : null;
        }
        finally
        {
            parts.Watches.Begin(id);
        }
    }

    // The sandbox before the start, and as it is in the model now: Running.
    private async Task<(Sandbox Before, Sandbox Now)> BeginAsync(SandboxId id, CancellationToken cancellationToken)
    {
        try
        {
            await new EndpointFarewell(parts).RequireAsync(id, cancellationToken);
            return await parts.Queue.RunAsync(
                async () =>
                {
                    Sandbox before = parts.Model.Current.FindSandbox(id.Value);
                    var start = new StartSandbox(id, parts.Endpoints, parts.Stacks, byPolicy);
                    Sandbox started = await parts.Runner.RunAsync(start, cancellationToken, yields: true);
                    parts.Watches.Supersede(id);
                    parts.Watches.Expect(id);
                    return (before, started);
                },
                cancellationToken);
        }
        catch (CnmException error)
        {
            await RecordAsync(id, error);
            parts.AwaitedStarts.Fail(id, error);
            throw;
        }
    }

    private async Task RecordAsync(SandboxId id, CnmException error)
    {
        try
        {
            await parts.Queue.RunAsync(
                () => parts.Runner.RunAsync(new RecordFailedStart(id, error), CancellationToken.None), CancellationToken.None);
        }
        catch (CnmException)
        {
            // The store cannot be written, which may be the error itself. Whoever has asked for the start is told that.
        }
    }

    private async Task<Sandbox> UndoAsync(Sandbox before, CnmException? error)
    {
        try
        {
            Sandbox undone = await parts.Runner.RunAsync(new UndoStart(before, error), CancellationToken.None);
            parts.Watches.FailStart(before.Id);
            return undone;
        }
        catch
        {
            parts.Watches.Begin(before.Id); // it is Running in the model: the watch finds no command, and records its end
            throw;
        }
    }

    private async Task<IProcessStreams?> AttachIfAsync(Sandbox running, bool attach, CancellationToken cancellationToken) =>
        attach && running.Process is not null
            ? await new SandboxAttachment(parts).RunAsync(running.Id.Value, fromStart: true, cancellationToken)
            : null;

    private async Task<IProcessStreams> ConnectAsync(Sandbox sandbox) =>
        new SandboxAttachment(parts).Told(sandbox, await parts.Processes.AttachAsync(sandbox.Id, CancellationToken.None));
}
