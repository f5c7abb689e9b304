using Net.Cnm.DesiredState;
using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Controller.Plans;
using Net.Controller.Requests;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Records what plug-ins have answered about a network that is being made. When that is all, the network is made in the
/// kernel. What was reserved for one that has been removed meanwhile is recorded with its tombstone, so that it is given back.</summary>
/// <param name="id">The network.</param>
/// <param name="pools">Its subnets.</param>
/// <param name="isReady">Whether all plug-ins have answered.</param>
/// <param name="drivers">The drivers.</param>
internal sealed class AdvanceNetwork(NetworkId id, IReadOnlyList<AddressPool> pools, bool isReady, DriverDirectory drivers)
    : IOperation<NetworkCreated>
{
    /// <inheritdoc/>
    public ValueTask<NetworkCreated> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.NetworksById.GetValueOrDefault(id) is not { Plugged: { } plugged } network)
        {
            if (!isReady && draft.Edit.Now.TombstonesByOwner.GetValueOrDefault(OwnerId.Of(id)) is { IsPlugged: true } tombstone)
            {
                Network removed = tombstone.Network! with { Pools = pools };
                draft.Edit.Put(tombstone with { Network = removed });
                return ValueTask.FromResult(new NetworkCreated(removed, []));
            }

            throw new CnmException(CnmErrorKind.Conflict, $"network {id.Short} was removed while its plug-in was asked; try again");
        }

        network = network with { Pools = pools, Plugged = plugged with { IsReady = isReady } };
        if (isReady)
        {
            RequireFree(network, draft);
            IReadOnlyList<string> warnings = CreateNetwork.Put(network, drivers.Open(network, draft.Host.Facts), draft);
            return ValueTask.FromResult(new NetworkCreated(network, warnings));
        }

        draft.Edit.Put(network);
        return ValueTask.FromResult(new NetworkCreated(network, []));
    }

    // An IPAM driver of its own knows nothing of the subnets of others.
    private static void RequireFree(Network network, Draft draft)
    {
        foreach (Network other in draft.Edit.Now.NetworksById.Values.Where(other => other.Id != network.Id))
        {
            foreach (AddressPool pool in network.Pools)
            {
                if (other.Driver == network.Driver && other.Pools.Any(taken => taken.Subnet.Contains(pool.Subnet.BaseAddress)
                    || pool.Subnet.Contains(taken.Subnet.BaseAddress)))
                {
                    throw new CnmException(
                        CnmErrorKind.Conflict,
                        $"network {network.Name}: subnet {pool.Subnet}, which IPAM driver {network.IpamDriver} has chosen, overlaps "
                            + $"that of network {other.Name}; give another with --subnet");
                }
            }
        }
    }
}
