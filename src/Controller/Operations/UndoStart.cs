using Net.Cnm.Sandboxes;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Undoes <see cref="StartSandbox"/> when the command could not be started. The result is the sandbox as it was before.</summary>
/// <param name="before">The sandbox as it was before the start.</param>
internal sealed class UndoStart(Sandbox before) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.SandboxesById.ContainsKey(before.Id))
        {
            ExitSandbox.TakeDownStack(draft, before); // unless everything has been removed meanwhile
        }

        return ValueTask.FromResult(before);
    }
}
