using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Ipam;
using Net.Cnm.Sandboxes;
using Net.Controller.Foreign;
using Net.Controller.Models;
using Net.Controller.Plans;
using Net.Controller.Recovery;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Removes what another program has given up without a word that reached this daemon: endpoints whose link is gone, was given
/// back or was never taken, or whose network stack has no process any more, and addresses that no endpoint has. The result is when what
/// looks lost already is to be looked at again; null when there is no such thing.</summary>
/// <param name="gone">The owners of links that are gone.</param>
/// <param name="joins">The endpoints that the other program takes.</param>
/// <param name="taken">The addresses that the other program has reserved since both programs run.</param>
/// <param name="isAbandoned">Whether a network stack, by the other program's name of it, is there without a process in it.</param>
/// <param name="now">The time.</param>
internal sealed class RemoveLostForeign(
    IReadOnlySet<OwnerId> gone, ForeignJoins joins, ForeignTakings taken, Func<string, bool> isAbandoned, DateTimeOffset now)
    : IOperation<DateTimeOffset?>
{
    // A link is also with the host until the other program takes it, and a stack is empty until its first process has started. An address
    // is reserved before its endpoint is made, also by the daemon before this one.
    private static readonly TimeSpan Patience = ForeignEndpoints.Patience;

    // The removed endpoints of containers that were seen to have ended.
    private readonly List<EndpointId> _ended = [];

    /// <summary>Removes it. The caller has the queue's turn.</summary>
    public static async Task<DateTimeOffset?> RunAsync(ControllerParts parts, Func<string, bool> isAbandoned)
    {
        bool isNeeded = parts.Model.Current.Sandboxes.Any(IsForeign);
        HashSet<OwnerId> gone = isNeeded ? [.. Mending.Compare(parts).Gone.Select(desired => desired.Owner)] : [];
        var operation = new RemoveLostForeign(
            gone, parts.ForeignJoins, parts.ForeignTakings, isAbandoned, parts.Time.GetUtcNow());
        DateTimeOffset? due = await parts.Runner.RunAsync(operation, CancellationToken.None);
        operation._ended.ForEach(parts.ForeignLost.Note);
        return due;
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        DateTimeOffset? due = null;
        foreach (Sandbox sandbox in draft.Edit.Now.Sandboxes.Where(IsForeign).ToList())
        {
            IReadOnlyList<Endpoint> endpoints = draft.Edit.Now.EndpointsOf(sandbox.Id);
            bool isGone = endpoints.Any(own => gone.Contains(OwnerId.Of(own.Id)));
            bool hasEnded = isGone || isAbandoned(sandbox.ForeignKey ?? "");
            if (!hasEnded && !endpoints.All(own => ForeignEndpoints.IsWithHost(own, draft.Host.Facts)))
            {
                continue;
            }

            // The other program waits for a daemon, too. One that is busy may have asked long ago, and go on just now.
            DateTimeOffset lost = endpoints.Select(own => joins.Until(own.Id, sandbox.Created))
                .Aggregate(taken.DaemonBegan + Patience, Later);
            if (isGone || now >= lost)
            {
                RemoveSandbox.Remove(draft, sandbox);
                _ended.AddRange(hasEnded ? endpoints.Select(own => own.Id) : []);
            }
            else
            {
                due = due < lost ? due : lost;
            }
        }

        foreach ((string pool, IPAddress address) in draft.Edit.Now.ForeignPools.Values.SelectMany(pool => LostOf(draft, pool)).ToList())
        {
            DateTimeOffset lost = Later(taken.DaemonBegan, taken.EngineBegan) + Patience;
            if (now < lost)
            {
                due = due < lost ? due : lost;
                continue;
            }

            ReleaseForeignAddress.Release(draft, pool, address);
        }

        return ValueTask.FromResult(due);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static bool IsForeign(Sandbox sandbox) => sandbox.StackSource == StackSource.Foreign;

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
