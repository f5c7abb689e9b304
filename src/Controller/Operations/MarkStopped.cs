using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records that the user stops a sandbox: its restart policy does not start it again, and one that waits for that waits no longer.
/// The result is whether it did.</summary>
internal sealed class MarkStopped(SandboxId id) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.SandboxesById.GetValueOrDefault(id) is not { } sandbox)
        {
            return ValueTask.FromResult(false);
        }

        draft.Edit.Put(sandbox with
        {
            StoppedByUser = true,
            IsRestarting = false,
            EndedFor = sandbox.EndedFor == EndPurpose.Restart ? null : sandbox.EndedFor,
        });
        return ValueTask.FromResult(sandbox.IsRestarting);
    }
}
