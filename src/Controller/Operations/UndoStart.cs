using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Undoes <see cref="StartSandbox"/> when the command could not be started. The result is the sandbox as it was before, with the
/// reason. What was to follow its end is as the start has left it: whoever starts a sandbox has no use for its removal.</summary>
/// <param name="before">The sandbox as it was before the start.</param>
/// <param name="error">The reason; null where the start was broken off.</param>
internal sealed class UndoStart(Sandbox before, CnmException? error) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox failed = error is null ? before : FailedStartRule.Record(before, error);
        if (draft.Edit.Now.Find(before.Id) is { } now) // unless everything has been removed meanwhile
        {
            failed = failed with { EndedFor = now.EndedFor };
            ExitSandbox.TakeDownStack(draft, failed);
        }

        return ValueTask.FromResult(failed);
    }
}
