using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Plugins;

namespace Net.Controller.Lifecycles;

/// <summary>Removes a sandbox and its shim's files. A forced removal ends a command that still runs; otherwise that is a Conflict. A
/// sandbox without a command needs no force.</summary>
internal sealed class SandboxRemoval(ControllerParts parts, SandboxStop stop)
{
    /// <summary>Removes the sandbox.</summary>
    /// <returns>The sandbox as it was before.</returns>
    public Task<Sandbox> RunAsync(string reference, bool force, CancellationToken cancellationToken)
    {
        Sandbox before = parts.Model.Current.FindSandbox(reference);
        return parts.Turns.RunAsync(
            before.Id,
            async () =>
            {
                PluginPatience patience = parts.Talks.BeginPatience();
                if (force)
                {
                    await stop.StopForGoodAsync(before.Id, TimeSpan.Zero, Signals.Kill, cancellationToken);
                }

                await parts.Queue.RunAsync(() => RemoveAsync(before.Id, force, cancellationToken), cancellationToken);
                await EndAsync(before.Id, cancellationToken);
                await new PluginRound(parts).AfterRemovalAsync(before.Id, patience);
                return before;
            },
            cancellationToken);
    }

    private async Task<SandboxId> RemoveAsync(SandboxId id, bool force, CancellationToken cancellationToken)
    {
        // A sandbox with --rm was removed when its command exited.
        if (parts.Model.Current.SandboxesById.ContainsKey(id) || !force)
        {
            await parts.Runner.RunAsync(new RemoveSandbox(id.Value, evenRunning: false), cancellationToken);
        }

        return id;
    }

    // The shim of a sandbox without a command goes last: if the kernel refuses the removal, the sandbox is as it was.
    private async Task EndAsync(SandboxId id, CancellationToken cancellationToken)
    {
        await parts.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, cancellationToken);
        parts.Processes.RemoveFiles(id);
        parts.Watches.Remove(id);
    }
}
