using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes a network that no container uses. As with Docker, an exited container does not: it loses its endpoint, and cannot be
/// started before it is told to do without that network.</summary>
internal sealed class RemoveNetwork(string reference) : IOperation<Network>
{
    /// <summary>Whether a predefined network is removed too.</summary>
    public bool EvenPredefined { get; init; }

    /// <summary>Whether a network is removed that plug-ins have not made yet: they failed.</summary>
    public bool EvenUnsettled { get; init; }

    /// <summary>Whether a network of another program is removed too: that program has said so, or a user who knows that it has forgotten
    /// the network.</summary>
    public bool EvenForeign { get; init; }

    /// <summary>Whether what another program has reserved of the network's subnets is released with it, as by a user who knows that the
    /// program has forgotten it.</summary>
    public bool WithReservations { get; init; }

    /// <summary>Removes a network whose making was broken off, unless that was done already. The caller has the queue's turn.</summary>
    public static async Task<bool> BrokenOffAsync(ControllerParts parts, NetworkId id)
    {
        bool isThere = parts.Model.Current.NetworksById.GetValueOrDefault(id) is { IsSettled: false };
        if (isThere)
        {
            await parts.Runner.RunAsync(new RemoveNetwork(id.Value) { EvenUnsettled = true }, CancellationToken.None);
        }

        return isThere;
    }

    /// <inheritdoc/>
    public ValueTask<Network> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        Network network = draft.Edit.Now.FindNetwork(reference);
        if (network.IsPredefined && !EvenPredefined)
        {
            throw new CnmException(CnmErrorKind.Forbidden, $"{network.Name} is a pre-defined network and cannot be removed");
        }

        if (!EvenForeign)
        {
            ForeignNetworkRule.RequireOwn(
                network, "remove it there, or, if the Engine no longer knows it, with netctl network rm -f");
        }

        if (!network.IsSettled && !EvenUnsettled)
        {
            throw new CnmException(
                CnmErrorKind.Conflict, $"network {network.Name} is not ready: its plug-in is still making it; try again in a moment");
        }

        IReadOnlyList<Endpoint> endpoints = draft.Edit.Now.EndpointsOf(network.Id);
        Endpoint[] active = [.. endpoints.Where(e => draft.Edit.Now[e.Sandbox].HasNetworkStack)];
        if (active.Length > 0)
        {
            string names = string.Join(", ", active.Select(e => $"name:\"{draft.Edit.Now[e.Sandbox].Name}\" id:\"{e.Id.Short}\""));
            throw new CnmException(
                CnmErrorKind.Forbidden, $"network {network.Name} has active endpoints ({names}); disconnect them or remove the containers");
        }

        foreach (Endpoint endpoint in endpoints)
        {
            Sandbox sandbox = draft.Edit.Now[endpoint.Sandbox];
            draft.Edit.Remove(endpoint);
            draft.Edit.Put(sandbox with { RemovedNetworks = [.. sandbox.RemovedNetworks ?? [], network.Name] });
        }

        if (WithReservations && network.Foreign is not null)
        {
            foreach (ForeignPool pool in draft.Edit.Now.ForeignPools.Values.Where(other => ReleaseForeignPool.Stands(network, other)))
            {
                ReleaseForeignPool.Remove(draft, pool);
            }
        }

        draft.Edit.Remove(network);
        draft.Reservations.Release(network, draft.Edit.Now);
        return ValueTask.FromResult(network);
    }
}
