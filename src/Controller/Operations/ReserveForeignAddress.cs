using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Controller.Foreign;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Reserves an address of a pool of another program.</summary>
/// <param name="id">The pool's id.</param>
/// <param name="wanted">The address; null for any.</param>
/// <param name="isGateway">Whether it is for the gateway.</param>
/// <param name="replay">Whether the other program repeats its reservations.</param>
internal sealed class ReserveForeignAddress(string id, IPAddress? wanted, bool isGateway, ForeignReplay replay)
    : IOperation<InterfaceAddress>
{
    /// <inheritdoc/>
    public async ValueTask<InterfaceAddress> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        ForeignPool pool = draft.Edit.Now.ForeignPools.GetValueOrDefault(id) ?? throw new CnmException(
            CnmErrorKind.NotFound,
            $"subnet \"{(id.Length <= 80 ? id : id[..77] + "...")}\" is not reserved with netctl, or not any more; create the network "
                + "again");
        if (isGateway && pool.Gateway is { } present && (wanted is null || wanted.Equals(present)))
        {
            return new InterfaceAddress(present, pool.Pool.Subnet.PrefixLength);
        }

        if (wanted is not null && replay.Covers(id) && pool.Addresses.Contains(wanted))
        {
            return new InterfaceAddress(wanted, pool.Pool.Subnet.PrefixLength);
        }

        InterfaceAddress taken = await draft.Reservations.TakeAddressAsync(
            ForeignNames.IpamDriver, pool.Pool, wanted, cancellationToken);
        draft.Edit.Put(pool with
        {
            Addresses = [.. pool.Addresses, taken.Address],
            Gateway = isGateway ? taken.Address : pool.Gateway,
        });
        return taken;
    }
}
