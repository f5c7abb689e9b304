using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records that a sandbox could not be started when its restart policy would have it. The result is the sandbox, which is due
/// later or not at all; null when it was not due any more.</summary>
internal sealed class PostponeRestart(SandboxId id) : IOperation<Sandbox?>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox?> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.SandboxesById.GetValueOrDefault(id) is not { IsRestarting: true } sandbox)
        {
            return ValueTask.FromResult<Sandbox?>(null);
        }

        sandbox = RestartRule.AfterFailedStart(sandbox);
        sandbox = sandbox.IsRestarting ? sandbox : sandbox with { EndedFor = null };
        draft.Edit.Put(sandbox);
        return ValueTask.FromResult<Sandbox?>(sandbox);
    }
}
