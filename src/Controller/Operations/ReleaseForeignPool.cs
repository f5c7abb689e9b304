using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Controller.Foreign;
using Net.Controller.Models;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Releases a subnet that another program had reserved. The result is whether it was reserved.</summary>
internal sealed class ReleaseForeignPool(string id) : IOperation<bool>
{
    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (draft.Edit.Now.ForeignPools.GetValueOrDefault(id) is not { } pool)
        {
            return ValueTask.FromResult(false);
        }

        if (pool.Claims > 1)
        {
            draft.Edit.Put(pool with { Claims = pool.Claims - 1 });
        }
        else
        {
            Remove(draft, pool);
        }

        return ValueTask.FromResult(true);
    }

    /// <summary>Removes a reservation. A network that still stands on the subnet keeps it until it is removed itself: Docker Engine
    /// releases a network's subnets first.</summary>
    public static void Remove(Draft draft, ForeignPool pool)
    {
        ModelSnapshot model = draft.Edit.Now;
        draft.Edit.Remove(pool);
        if (!model.NetworksById.Values.Any(network => network.Foreign is not null && Stands(network, pool)))
        {
            draft.Reservations.ReleasePool(ForeignNames.IpamDriver, pool.Pool);
        }
    }

    /// <summary>Whether a network is on a reserved subnet.</summary>
    public static bool Stands(Network network, ForeignPool pool) => network.Pools.Any(own => own.Subnet == pool.Pool.Subnet);
}
