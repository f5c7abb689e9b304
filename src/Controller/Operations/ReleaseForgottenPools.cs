using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Hosts;
using Net.Cnm.Ipam;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Releases the subnets that another program had reserved and no longer knows of, such as Docker Engine when it died before it
/// made the network. One that is in use by the look of it stays. The result is the subnets that are released.</summary>
/// <param name="repeated">How often the other program has repeated each of its reservations.</param>
internal sealed class ReleaseForgottenPools(IReadOnlyDictionary<string, int> repeated) : IOperation<IReadOnlyList<IPNetwork>>
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IPNetwork>> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        var released = new List<IPNetwork>();
        foreach (ForeignPool pool in draft.Edit.Now.ForeignPools.Values)
        {
            if (repeated.TryGetValue(pool.Id, out int times))
            {
                if (pool.Claims != times)
                {
                    draft.Edit.Put(pool with { Claims = times });
                }
            }
            else if (IsUnused(pool, draft))
            {
                ReleaseForeignPool.Remove(draft, pool);
                released.Add(pool.Pool.Subnet);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<IPNetwork>>(released);
    }

    // A network on it may be one of the other program's own drivers: then an address of the host, such as that of its bridge, shows it.
    private static bool IsUnused(ForeignPool pool, Draft draft)
    {
        IPNetwork subnet = pool.Pool.Subnet;
        HostFacts facts = draft.Host.Facts;
        return pool.Addresses.All(address => address.Equals(pool.Gateway))
            && !draft.Edit.Now.NetworksById.Values.Any(network => network.Pools.Any(other => Subnets.Overlap(other.Subnet, subnet)))
            && !facts.ForeignAddresses.Any(own => subnet.Contains(own.Address.Address))
            && !facts.Routes.Any(route => route.IsConnected && subnet.Contains(route.Destination.BaseAddress));
    }
}
