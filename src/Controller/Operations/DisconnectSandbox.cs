using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Models;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Disconnects a sandbox from a network. The result is true.</summary>
internal sealed class DisconnectSandbox(string networkReference, string sandboxReference, StackChoices stacks) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (FindWithoutNetwork(draft.Edit.Now) is { } without)
        {
            draft.Edit.Put(without.WithoutRemovedNetwork(networkReference));
            return ValueTask.FromResult(true);
        }

        Network network = draft.Edit.Now.FindNetwork(networkReference);
        Sandbox sandbox = draft.Edit.Now.FindSandbox(sandboxReference);
        MembershipRules.RequireChangeable(sandbox, network);
        Endpoint? endpoint = draft.Edit.Now.EndpointsOf(sandbox.Id).FirstOrDefault(e => e.Network == network.Id);
        if (endpoint is null)
        {
            throw new CnmException(
                CnmErrorKind.NotFound,
                $"container {sandbox.Name} is not connected to network {network.Name}; see netctl network inspect {network.Name}");
        }

        draft.Edit.Remove(endpoint);
        draft.Reservations.Release(endpoint, network, keepStatic: false);
        stacks.Refresh(draft, sandbox.Id);
        return ValueTask.FromResult(true);
    }

    // The sandbox, if the reference is the name of a network that was removed while the sandbox on it had exited; another network may have
    // that name now, which the sandbox is not on. The sandbox is looked up only if there is any such: of two wrong references the network
    // is told.
    private Sandbox? FindWithoutNetwork(ModelSnapshot model) =>
        model.SandboxesById.Values.Any(IsWithoutNetwork) && model.FindSandbox(sandboxReference) is var sandbox && IsWithoutNetwork(sandbox)
            ? sandbox
            : null;

    private bool IsWithoutNetwork(Sandbox sandbox) =>
        sandbox.RemovedNetworks?.Contains(networkReference, StringComparer.Ordinal) == true;
}
