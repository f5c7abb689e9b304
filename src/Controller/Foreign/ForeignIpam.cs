using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Controller.Operations;
using Net.Controller.Requests;

namespace Net.Controller.Foreign;

/// <summary>The IPAM driver that another program, such as Docker Engine, has in this controller. What it has reserved is stored, and never
/// assigned to networks and containers of the daemon's own.</summary>
/// <remarks>Methods throw <see cref="CnmException"/>; a release of what is not reserved is no error. All are carried to their
/// end.</remarks>
public sealed class ForeignIpam
{
    private readonly ControllerParts _parts;
    private readonly ForeignReplay _replay = new();

    internal ForeignIpam(ControllerParts parts) => _parts = parts;

    /// <summary>The other program begins to use this driver, and first repeats what it has reserved, if it has just started.</summary>
    /// <param name="isWhole">Whether it started after this daemon could be reached, so that it repeats all that it knows of.</param>
    public Task BeginReplayAsync(bool isWhole) => _parts.Queue.RunAsync(
        () =>
        {
            _replay.Begin(isWhole);
            _parts.ForeignTakings.BeginAnew(_parts.Time.GetUtcNow());
            return Task.FromResult(true);
        },
        CancellationToken.None);

    /// <summary>The other program does something else than repeating: subnets that it has left out, and that are not in use, are
    /// released.</summary>
    public Task EndReplayAsync() =>
        _replay.IsUnderWay ? _parts.Queue.RunAsync(EndReplayNowAsync, CancellationToken.None) : Task.CompletedTask;

    /// <summary>Reserves a subnet. The same subnet with the same range is one pool, which is there until it has been released as often as
    /// it was reserved.</summary>
    /// <remarks>One that is repeated is not counted again.</remarks>
    public Task<ForeignPool> RequestPoolAsync(ForeignPoolRequest request) =>
        RunAsync(new ReserveForeignPool(request, _replay), mayRepeat: () => request.Subnet is not null);

    /// <summary>Releases a subnet.</summary>
    public Task ReleasePoolAsync(string id) => RunAsync(new ReleaseForeignPool(id), mayRepeat: () => false);

    /// <summary>Reserves an address of a pool.</summary>
    /// <param name="pool">The pool's id.</param>
    /// <param name="address">The address that is wanted; null for any.</param>
    /// <param name="isGateway">Whether it is for the gateway. The same gateway may be asked for again.</param>
    public Task<InterfaceAddress> RequestAddressAsync(string pool, IPAddress? address, bool isGateway) => RunAsync(
        new ReserveForeignAddress(pool, address, isGateway, _replay),
        mayRepeat: () => address is not null && _replay.Covers(pool),
        then: taken => _parts.ForeignTakings.Add(pool, taken.Address));

    /// <summary>Releases an address.</summary>
    public Task ReleaseAddressAsync(string pool, IPAddress address) => RunAsync(
        new ReleaseForeignAddress(pool, address), mayRepeat: () => false, then: _ => _parts.ForeignTakings.Remove(pool, address));

    private Task<T> RunAsync<T>(IOperation<T> operation, Func<bool> mayRepeat, Action<T>? then = null) => _parts.Queue.RunAsync(
        async () =>
        {
            if (_replay.IsUnderWay && !mayRepeat())
            {
                await EndReplayNowAsync();
            }

            T result = await _parts.Runner.RunAsync(operation, CancellationToken.None);
            then?.Invoke(result);
            return result;
        },
        CancellationToken.None);

    private async Task<bool> EndReplayNowAsync()
    {
        if (_replay.End() is not { } repeated)
        {
            return false;
        }

        try
        {
            foreach (IPNetwork subnet in await _parts.Runner.RunAsync(new ReleaseForgottenPools(repeated), CancellationToken.None))
            {
                _parts.Log.Warning($"subnet {subnet} is free again: Docker Engine had reserved it for a network that it never made");
            }
        }
        catch (CnmException error)
        {
            // The call that ends the replay has nothing to do with them.
            _parts.Log.Warning($"subnets that Docker Engine no longer knows of stay reserved: {error.Message}");
        }

        return true;
    }
}
