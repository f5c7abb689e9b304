using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Sandboxes;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes a sandbox with its endpoints.</summary>
/// <param name="reference">The sandbox: id, name or unique id prefix.</param>
/// <param name="evenRunning">Whether a sandbox whose command runs is removed too. A dry run needs that, since it cannot stop the command
/// first.</param>
internal sealed class RemoveSandbox(string reference, bool evenRunning) : IOperation<Sandbox>
{
    /// <inheritdoc/>
    public ValueTask<Sandbox> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Sandbox sandbox = draft.Edit.Now.FindSandbox(reference);
        if ((sandbox is { State: SandboxState.Running, Process: not null } || sandbox.IsRestarting) && !evenRunning)
        {
            string state = sandbox.IsRestarting ? "restarting: stop the container before removing or force remove"
                : sandbox.IsPaused ? "paused and must be unpaused first"
                : "running: stop the container before removing or force remove";
            throw new CnmException(
                CnmErrorKind.Conflict,
                $"cannot remove container \"{sandbox.Name}\": container is {state}");
        }

        Remove(draft, sandbox);
        return ValueTask.FromResult(sandbox);
    }

    /// <summary>Removes a sandbox, its endpoints and the links to it from a draft. Those that had links to it can be started without
    /// it.</summary>
    public static void Remove(Draft draft, Sandbox sandbox)
    {
        ModelSnapshot model = draft.Edit.Now;
        foreach (Endpoint endpoint in model.EndpointsOf(sandbox.Id))
        {
            draft.Edit.Remove(endpoint);
            draft.Reservations.Release(endpoint, model[endpoint.Network], keepStatic: false);
        }

        foreach (Sandbox client in model.Links.ClientsOf(sandbox.Id).Select(id => model[id]))
        {
            draft.Edit.Put(client.WithLinks([.. client.Links!.Where(link => link.Target != sandbox.Id)]));
        }

        draft.Edit.Remove(sandbox);
    }
}
