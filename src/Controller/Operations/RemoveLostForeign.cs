using System.Net;
using Net.Cnm.Endpoints;
using Net.Cnm.Ipam;
using Net.Cnm.Sandboxes;
using Net.Controller.Foreign;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes what another program has given up without a word that reached this daemon: endpoints whose link it has given back or
/// whose network stack it has abandoned, and addresses that no endpoint has. The result is whether there may be more soon.</summary>
/// <param name="taken">The addresses that it has reserved since this daemon started.</param>
/// <param name="isAbandoned">Whether a network stack, by the other program's name of it, is there without a process in it.</param>
/// <param name="now">The time.</param>
internal sealed class RemoveLostForeign(ForeignTakings taken, Func<string, bool> isAbandoned, DateTimeOffset now) : IOperation<bool>
{
    // A link is also with the host between Join and the moment at which the other program takes it, and a stack is empty until its first
    // process has started. An address is reserved before its endpoint is made, also by the daemon before this one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public ValueTask<bool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        bool isMoreToCome = false;
        foreach (Sandbox sandbox in draft.Edit.Now.Sandboxes.Where(other => other.StackSource == StackSource.Foreign).ToList())
        {
            if (draft.Edit.Now.EndpointsOf(sandbox.Id).All(own => ForeignEndpoints.IsGivenBack(sandbox, own, draft.Host.Facts))
                || isAbandoned(sandbox.ForeignKey ?? ""))
            {
                if (now - sandbox.Created < Patience)
                {
                    isMoreToCome = true;
                    continue;
                }

                RemoveSandbox.Remove(draft, sandbox);
            }
        }

        foreach ((string pool, IPAddress address) in draft.Edit.Now.ForeignPools.Values.SelectMany(pool => LostOf(draft, pool)).ToList())
        {
            if (now - taken.Began < Patience)
            {
                isMoreToCome = true;
                continue;
            }

            ReleaseForeignAddress.Release(draft, pool, address);
        }

        return ValueTask.FromResult(isMoreToCome);
    }

    // Only of a network of this daemon's is it known which addresses are in use.
    private IEnumerable<(string Pool, IPAddress Address)> LostOf(Draft draft, ForeignPool pool)
    {
        ModelSnapshot model = draft.Edit.Now;
        if (model.NetworksById.Values.FirstOrDefault(other => other.Foreign is not null && ReleaseForeignPool.Stands(other, pool))
            is not { } network)
        {
            return [];
        }

        HashSet<IPAddress> used =
        [
            .. model.EndpointsOf(network.Id).SelectMany(Addresses),
            .. network.Pools.SelectMany(own => own.AuxiliaryAddresses.Values),
            .. network.Pools.Select(own => own.Gateway).OfType<IPAddress>(),
        ];
        return pool.Addresses
            .Where(address => !used.Contains(address) && !address.Equals(pool.Gateway) && !taken.Contains(pool.Id, address))
            .Select(address => (pool.Id, address));
    }

    private static IEnumerable<IPAddress> Addresses(Endpoint endpoint) =>
        new[] { endpoint.IPv4?.Address, endpoint.IPv6?.Address }.OfType<IPAddress>();
}
