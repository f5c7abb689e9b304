using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes a network that no container is on.</summary>
internal sealed class RemoveNetwork(string reference) : IOperation<Network>
{
    /// <inheritdoc/>
    public ValueTask<Network> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Network network = draft.Edit.Now.FindNetwork(reference);
        if (network.IsPredefined)
        {
            throw new CnmException(CnmErrorKind.Forbidden, $"{network.Name} is a pre-defined network and cannot be removed");
        }

        IReadOnlyList<Endpoint> endpoints = draft.Edit.Now.EndpointsOf(network.Id);
        if (endpoints.Count > 0)
        {
            string names = string.Join(", ", endpoints.Select(e => $"name:\"{draft.Edit.Now[e.Sandbox].Name}\" id:\"{e.Id.Short}\""));
            throw new CnmException(
                CnmErrorKind.Forbidden, $"network {network.Name} has active endpoints ({names}); disconnect them or remove the containers");
        }

        draft.Edit.Remove(network);
        draft.Reservations.Release(network);
        return ValueTask.FromResult(network);
    }
}
