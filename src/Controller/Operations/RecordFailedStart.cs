using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records why a sandbox could not be started, when nothing was made for it. The result is the sandbox; null when it is gone or
/// runs.</summary>
internal sealed class RecordFailedStart(SandboxId id, CnmException error) : IOperation<Sandbox?>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox?> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.SandboxesById.GetValueOrDefault(id) is not { State: SandboxState.Created or SandboxState.Exited } sandbox)
        {
            return ValueTask.FromResult<Sandbox?>(null);
        }

        sandbox = FailedStartRule.Record(sandbox, error);
        draft.Edit.Put(sandbox);
        return ValueTask.FromResult<Sandbox?>(sandbox);
    }
}
