using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Operations;
using Net.Controller.Plugins;
using Net.Controller.Rules;

namespace Net.Controller.Lifecycles;

/// <summary>Removes a sandbox and its shim's files. A forced removal ends a command that still runs; otherwise that is a Conflict. A
/// sandbox without a command needs no force, unless others would lose something: what was started in it, or those that use its
/// network.</summary>
internal sealed class SandboxRemoval(ControllerParts parts, SandboxStop stop)
{
    /// <summary>Removes the sandbox.</summary>
    /// <returns>The sandbox as it was before.</returns>
    public Task<Sandbox> RunAsync(string reference, bool force, CancellationToken cancellationToken)
    {
        Sandbox before = parts.Model.Current.FindSandbox(reference);
        if (!force)
        {
            ForeignSandboxRule.RequireOwn(before);
        }

        return parts.Turns.RunAsync(
            before.Id,
            async () =>
            {
                PluginPatience patience = parts.Talks.BeginPatience();
                int code = force
                    ? await BrokenOffEnd.GuardAsync(
                        parts, before.Id, EndPurpose.Removal, () => EndAndRemoveAsync(before.Id, cancellationToken))
                    : await RemoveAsync(before.Id, force, cancellationToken);
                await EndAsync(before.Id, code, cancellationToken);
                await new PluginRound(parts).AfterRemovalAsync(before.Id, patience);
                return before;
            },
            cancellationToken);
    }

    private async Task<int> EndAndRemoveAsync(SandboxId id, CancellationToken cancellationToken)
    {
        await stop.EndForGoodAsync(id, TimeSpan.Zero, Signals.Kill, cancellationToken);
        return await RemoveAsync(id, force: true, cancellationToken);
    }

    private Task<int> RemoveAsync(SandboxId id, bool force, CancellationToken cancellationToken) =>
        parts.Queue.RunAsync(() => RemoveInQueueAsync(id, force, cancellationToken), cancellationToken);

    // The exit code of the last command.
    private async Task<int> RemoveInQueueAsync(SandboxId id, bool force, CancellationToken cancellationToken)
    {
        int code = parts.Model.Current.Find(id)?.ExitCode ?? 0;

        if (!force && parts.Model.Current.Find(id) is { State: SandboxState.Running, Process: null } sandbox)
        {
            RequireUnused(sandbox);
        }

        // A sandbox with --rm was removed when its command exited.
        if (parts.Model.Current.SandboxesById.ContainsKey(id) || !force)
        {
            await parts.Runner.RunAsync(new RemoveSandbox(id.Value, evenRunning: false), cancellationToken);
        }

        return code;
    }

    private void RequireUnused(Sandbox sandbox)
    {
        Sandbox? sharer = parts.Model.Current.Sandboxes.FirstOrDefault(
            other => other.SharesStackOf == sandbox.Id && other.State == SandboxState.Running);
        string? use = sharer is not null ? $"container {sharer.Name} uses its network"
            : sandbox.StackSource != StackSource.Foreign && parts.Processes.ReadProcessIds(sandbox.Id).Count > 1
                ? "commands run in it"
                : null;
        if (use is not null)
        {
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"cannot remove container \"{sandbox.Name}\": container is running and {use}: stop the container before removing or force "
                    + "remove");
        }
    }

    // The shim of a sandbox without a command goes last: if the kernel refuses the removal, the sandbox is as it was.
    private async Task EndAsync(SandboxId id, int code, CancellationToken cancellationToken)
    {
        await parts.Processes.StopAsync(id, Signals.Kill, TimeSpan.Zero, cancellationToken);
        parts.Processes.RemoveFiles(id);
        parts.Watches.Remove(id, code);
        parts.AwaitedStarts.Fail(id, new CnmException(CnmErrorKind.NotFound, $"container {id.Short} was removed before it was started"));
    }
}
