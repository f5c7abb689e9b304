using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records whether the processes of a running sandbox are held up. The result is whether it is Running.</summary>
internal sealed class MarkPaused(SandboxId id, bool isPaused) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.SandboxesById.GetValueOrDefault(id) is not { State: SandboxState.Running } sandbox)
        {
            return ValueTask.FromResult(false);
        }

        draft.Edit.Put(sandbox with { IsPaused = isPaused });
        return ValueTask.FromResult(true);
    }
}
