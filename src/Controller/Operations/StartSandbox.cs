using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Links;
using Net.Controller.Plans;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Makes a sandbox Running in the model, before its command is started. A sandbox that had exited gets addresses, ports and its
/// network stack again.</summary>
/// <param name="id">The sandbox.</param>
/// <param name="endpoints">Chooses addresses.</param>
/// <param name="stacks">Chooses ports.</param>
/// <param name="byPolicy">Whether its restart policy starts it, and not the user.</param>
internal sealed class StartSandbox(SandboxId id, EndpointChoices endpoints, StackChoices stacks, bool byPolicy = false)
    : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public async ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now[id] is { RemovedNetworks: [string removed, ..] } without)
        {
            throw new CnmException(
                CnmErrorKind.NotFound,
                $"network {removed} not found: it was removed while container {without.Name} had exited; make it again and connect the "
                    + $"container to it, or give it up with netctl network disconnect {removed} {without.Name}");
        }

        if (byPolicy && !draft.Edit.Now[id].IsRestarting)
        {
            throw new CnmException(CnmErrorKind.Conflict, $"container {draft.Edit.Now[id].Name} is not to be started again any more");
        }

        Sandbox holder = SharedStackRule.HolderOf(draft.Edit.Now[id], draft.Edit.Now);
        draft.Edit.Put(Counted(draft.Edit.Now[id]).MoveTo(SandboxState.Running) with
        {
            Started = null,
            StartError = null,
        });
        endpoints.RenewNames(draft, id);
        foreach (Endpoint endpoint in draft.Edit.Now.EndpointsOf(id))
        {
            await endpoints.RenewAsync(draft, endpoint, cancellationToken);
        }

        stacks.Refresh(draft, id);
        LinkTargets.RequireRunning(draft.Edit.Now, draft.Edit.Now[id]);
        draft.FurtherCommands.AddRange(StartCommand.Of(LinkVariables.AddTo(draft.Edit.Now[id], draft.Edit.Now), holder));
        return draft.Edit.Now[id];
    }

    // A start without a delay before it is the one at the start of the daemon, which does not count.
    private Sandbox Counted(Sandbox sandbox) => sandbox with
    {
        IsRestarting = false,
        StoppedByUser = false,
        EndedFor = sandbox.EndedFor == EndPurpose.Removal ? null : sandbox.EndedFor, // a restart is not done yet
        RestartCount = !byPolicy ? 0 : sandbox.RestartDelay > 0 ? sandbox.RestartCount + 1 : sandbox.RestartCount,
        RestartDelay = byPolicy ? sandbox.RestartDelay : 0,
    };
}
