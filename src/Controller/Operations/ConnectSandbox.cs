using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Choices;
using Net.Controller.Links;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Connects a sandbox to one more network.</summary>
internal sealed class ConnectSandbox(ConnectRequest request, EndpointChoices endpoints, StackChoices stacks) : IOperation<Endpoint>
{
    /// <inheritdoc/>
    public async ValueTask<Endpoint> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Network network = draft.Edit.Now.FindNetwork(request.Endpoint.Network);
        Sandbox sandbox = draft.Edit.Now.FindSandbox(request.Sandbox);
        MembershipRules.RequireChangeable(sandbox, network);
        if (draft.Edit.Now.EndpointsOf(sandbox.Id).Any(e => e.Network == network.Id))
        {
            throw new CnmException(
                CnmErrorKind.Forbidden,
                $"endpoint with name {sandbox.Name} already exists in network {network.Name}; disconnect the container first");
        }

        Endpoint endpoint = await endpoints.ChooseAsync(draft, sandbox, network, request.Endpoint, cancellationToken);
        LinkChoices.Add(draft, sandbox.Id, network, request.Endpoint.Links);
        if (sandbox.RemovedNetworks is not null)
        {
            draft.Edit.Put(draft.Edit.Now[sandbox.Id].WithoutRemovedNetwork(network.Name));
        }

        stacks.Refresh(draft, sandbox.Id);
        return endpoint;
    }
}
