using System.Net;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;
using Net.Controller.Foreign;
using Net.Controller.Requests;
using Net.Controller.Rules;
using Net.Controller.Runners;

namespace Net.Controller.Operations;

/// <summary>Reserves a subnet for another program.</summary>
/// <param name="request">What is asked for.</param>
/// <param name="replay">Whether the other program repeats its reservations, which are not counted again then.</param>
internal sealed class ReserveForeignPool(ForeignPoolRequest request, ForeignReplay replay) : IOperation<ForeignPool>
{
    /// <inheritdoc/>
    public async ValueTask<ForeignPool> ResolveAsync(Draft draft, CancellationToken cancellationToken)
    {
        if (request is { Subnet: { } subnet } && draft.Edit.Now.ForeignPools.GetValueOrDefault(IdOf(subnet)) is { } present)
        {
            int claims = replay.Repeat(present.Id) is { } times ? Math.Max(times, present.Claims) : present.Claims + 1;
            if (claims != present.Claims)
            {
                present = present with { Claims = claims };
                draft.Edit.Put(present);
            }

            return present;
        }

        if (request is { Subnet: null, Range: { } range })
        {
            throw new CnmException(
                CnmErrorKind.InvalidParameter, $"ip-range {range} without its subnet: give the subnet too, with --subnet");
        }

        if (request.Subnet is { } free)
        {
            ForeignNetworkRule.RequireFree(free, ForeignNames.Holder, draft.Edit.Now);
        }

        AddressPool pool = await draft.Reservations.TakePoolAsync(
            ForeignNames.IpamDriver,
            new PoolRequest
            {
                IPv6 = request.IPv6,
                Subnet = request.Subnet,
                Range = request.Range,
                NeedsGateway = false,
                HostRoutes = draft.Host.Facts.Routes,
                NetworkName = ForeignNames.Holder,
            },
            cancellationToken);
        var made = new ForeignPool { Id = IdOf(pool.Subnet), Pool = pool };
        draft.Edit.Put(made);

        // It may be new, and not repeated: the other program knows of it either way.
        replay.Repeat(made.Id);
        return made;
    }

    private string IdOf(IPNetwork subnet) => request.Range is { } range && range != subnet ? $"{subnet}/{range}" : $"{subnet}";
}
