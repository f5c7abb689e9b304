using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>At the start of a daemon: has those sandboxes start that their restart policy starts with it, and those whose restart was
/// broken off when their command had ended. The result is how many.</summary>
internal sealed class MakeRestartsDue : IOperation<int>
{
    /// <inheritdoc/>
    public ValueTask<int> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox[] due = [.. draft.Edit.Now.Sandboxes.Where(sandbox => RestartRule.StartsWithDaemon(sandbox)
            || sandbox is { State: SandboxState.Exited, EndedFor: EndPurpose.Restart })];
        foreach (Sandbox sandbox in due)
        {
            draft.Edit.Put(sandbox with
            {
                IsRestarting = true,
                StoppedByUser = false,
                RestartCount = 0,
                RestartDelay = 0,
            });
        }

        return ValueTask.FromResult(due.Length);
    }
}
