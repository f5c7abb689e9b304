using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;

namespace Net.Controller.Lifecycles;

/// <summary>Removes a sandbox and its shim. A forced removal kills a command that still runs; otherwise that is a Conflict.</summary>
internal sealed class SandboxRemoval(ControllerParts parts, SandboxStop stop)
{
    /// <summary>Removes the sandbox.</summary>
    /// <returns>The sandbox as it was before.</returns>
    public async Task<Sandbox> RunAsync(string reference, bool force, CancellationToken cancellationToken)
    {
        Sandbox before = parts.Model.Current.FindSandbox(reference);
        SandboxId id = before.Id;
        if (force)
        {
            await stop.RunAsync(id.Value, TimeSpan.Zero, Signals.Kill, cancellationToken);
        }

        return await parts.Queue.RunAsync(
            async () =>
            {
                // A sandbox with --rm was removed when its command exited.
                if (parts.Model.Current.SandboxesById.ContainsKey(id) || !force)
                {
                    await RemoveAsync(id, cancellationToken);
                }

                return before;
            },
            cancellationToken);
    }

    private async Task RemoveAsync(SandboxId id, CancellationToken cancellationToken)
    {
        if (parts.Model.Current.FindSandbox(id.Value).State == SandboxState.Created
            && await parts.Processes.ReadStateAsync(id, cancellationToken) is { ShimAlive: true })
        {
            await parts.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, cancellationToken);
        }

        await parts.Runner.RunAsync(new RemoveSandbox(id.Value, evenRunning: false), cancellationToken);
        parts.Processes.RemoveFiles(id);
        parts.Watches.Remove(id);
    }
}
