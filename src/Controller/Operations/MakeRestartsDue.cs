using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>At the start of a daemon: has those sandboxes start that their restart policy starts with it. The result is how many.</summary>
internal sealed class MakeRestartsDue : IOperation<int>
{
    /// <inheritdoc/>
    public ValueTask<int> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox[] due = [.. draft.Edit.Now.Sandboxes.Where(RestartRule.StartsWithDaemon)];
        foreach (Sandbox sandbox in due)
        {
            draft.Edit.Put(RestartRule.AtOnce(sandbox));
        }

        return ValueTask.FromResult(due.Length);
    }
}
