using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records what an operation does once it has ended a sandbox's command, so that it is done by the next daemon if this one is
/// killed in between; or that nothing is to be done any more. The result is whether there was something to record: there is not where the
/// operation is one change, as for a sandbox of another program, or one that has ended and does not wait for its restart.</summary>
internal sealed class NotePurpose(SandboxId id, EndPurpose? purpose) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        bool isNews = draft.Edit.Now.Find(id) is { } sandbox && sandbox.EndedFor != purpose
            && (purpose is null || (sandbox.StackSource != StackSource.Foreign
                && (sandbox.State == SandboxState.Running || sandbox.IsRestarting)));
        if (isNews)
        {
            draft.Edit.Put(draft.Edit.Now[id] with { EndedFor = purpose });
        }

        return ValueTask.FromResult(isNews);
    }
}
