using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;
using Net.Controller.Models;
using Net.Controller.Recovery;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records that plug-ins have been told that an endpoint or a network is gone: what the built-in IPAM driver had reserved for it
/// is released. The result is whether there was something to record.</summary>
internal sealed class EndFarewell(OwnerId owner) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        ModelSnapshot model = draft.Edit.Now;
        if (model.TombstonesByOwner.GetValueOrDefault(owner) is { IsPlugged: true } tombstone)
        {
            tombstone = tombstone with { Network = Unplugged(tombstone.Network), Endpoint = Unplugged(tombstone.Endpoint) };
            draft.Edit.Put(tombstone);
            var kept = new KeptReservations(model);
            if (tombstone.Network is { } removed)
            {
                draft.Reservations.Release(kept.Of(removed), model);
            }
            else if (tombstone.Endpoint is { } gone && model.NetworksById.GetValueOrDefault(gone.Network) is { } network)
            {
                draft.Reservations.Release(kept.Of(gone), network, keepStatic: false);
            }

            return ValueTask.FromResult(true);
        }

        if (model.EndpointsById.Values.FirstOrDefault(e => OwnerId.Of(e.Id).Equals(owner)) is not { Plugged: not null } endpoint
            || model[endpoint.Sandbox].HasNetworkStack)
        {
            return ValueTask.FromResult(false);
        }

        Endpoint unplugged = Unplugged(endpoint)! with { IPv4 = endpoint.IPv4, IPv6 = endpoint.IPv6 };
        draft.Reservations.Release(unplugged, model[endpoint.Network], keepStatic: true);
        draft.Edit.Put(ExitSandbox.WithoutStack(unplugged));
        return ValueTask.FromResult(true);
    }

    // A pool that a plug-in had has been released to it.
    private static Network? Unplugged(Network? network) =>
        network is { Plugged: { } plugged } ? network with { Plugged = null, Pools = plugged.HasIpam ? [] : network.Pools } : network;

    private static Endpoint? Unplugged(Endpoint? endpoint) => endpoint is { Plugged: { } plugged }
        ? endpoint with
        {
            Plugged = null,
            MacAddress = plugged.ChoseEthernetAddress ? null : endpoint.MacAddress,
            IPv4 = plugged.TakenIPv4 is null ? endpoint.IPv4 : null,
            IPv6 = plugged.TakenIPv6 is null ? endpoint.IPv6 : null,
        }
        : endpoint;
}
