using Net.Cnm.Drivers;
using Net.Cnm.Endpoints;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Controller.Foreign;
using Net.Controller.Plans;
using Net.Controller.Requests;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Notes in which network stack of another program an endpoint of it is to be, and says what that program has to take
/// there.</summary>
/// <param name="id">The endpoint.</param>
/// <param name="key">The other program's name of the network stack.</param>
/// <param name="drivers">The network drivers.</param>
internal sealed class JoinForeignEndpoint(EndpointId id, string key, DriverDirectory drivers) : IOperation<ForeignLink>
{
    /// <inheritdoc/>
    public ValueTask<ForeignLink> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        (Sandbox sandbox, Endpoint endpoint) = ForeignNames.Require(draft.Edit.Now, id);
        Network network = draft.Edit.Now[endpoint.Network];
        if (sandbox.ForeignKey != key)
        {
            draft.Edit.Put(sandbox with { ForeignKey = key });
        }

        string link = ForeignEndpoints.PeerName(endpoint);
        if (!draft.Host.Facts.Links.Contains(link))
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"endpoint {id.Short} of network {network.Name} has no link any more: another program has removed {link}; start the "
                    + "container again");
        }

        IDriverNetwork opened = drivers.Open(network, draft.Host.Facts);
        return ValueTask.FromResult(new ForeignLink(
            link,
            opened.InterfacePrefix,
            DefaultRoutes.Gateway(network, endpoint, ipv6: false),
            DefaultRoutes.Gateway(network, endpoint, ipv6: true),
            RoutedFamilies(network),
            IsNeverWayOut: !network.Internal && network.WayOut == WayOut.None));
    }

    private static IReadOnlyList<bool> RoutedFamilies(Network network) =>
        network is { WayOut: WayOut.Interface, Internal: false, Foreign: not { IsWithoutWayOut: true } }
            ? [.. network.Pools.Select(pool => pool.IsIPv6).Distinct()]
            : [];
}
