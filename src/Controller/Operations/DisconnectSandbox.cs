using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Models;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Disconnects a sandbox from a network. The result is whether it was connected.</summary>
internal sealed class DisconnectSandbox(
    string networkReference, string sandboxReference, bool force, StackChoices stacks) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (IsRemoved(draft.Edit.Now) && draft.Edit.Now.FindSandbox(sandboxReference) is { RemovedNetworks: { } removed } without
            && removed.Contains(networkReference, StringComparer.Ordinal))
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
            return force
                ? ValueTask.FromResult(false)
                : throw new CnmException(
                    CnmErrorKind.NotFound,
                    $"container {sandbox.Name} is not connected to network {network.Name}; see netctl network inspect {network.Name}");
        }

        draft.Edit.Remove(endpoint);
        draft.Reservations.Release(endpoint, network, keepStatic: false);
        stacks.Refresh(draft, sandbox.Id);
        return ValueTask.FromResult(true);
    }

    // Whether the reference is the name of a network that was removed while a sandbox on it had exited, and is no network's now.
    private bool IsRemoved(ModelSnapshot model) =>
        !model.NetworkNames.ContainsKey(networkReference)
            && model.SandboxesById.Values.Any(
                sandbox => sandbox.RemovedNetworks?.Contains(networkReference, StringComparer.Ordinal) == true);
}
