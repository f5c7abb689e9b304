using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;

namespace Net.Drivers.Ipam.None;

/// <summary>The IPAM driver <c>null</c>, as Docker's: networks have no subnet, and endpoints no address. Their containers get addresses in
/// another way, or need none.</summary>
public sealed class NullIpam : IIpamDriver
{
    /// <inheritdoc/>
    public string Name => "null";

    /// <inheritdoc/>
    /// <remarks>The pool is 0.0.0.0/0 without a gateway, which stands for none.</remarks>
    public ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, CancellationToken cancellationToken)
    {
        if (request.IPv6)
        {
            throw Invalid(request, "null ipam driver does not handle IPv6 address pool requests; leave --ipv6 out");
        }

        return request.Subnet is null && request.Range is null && request.Gateway is null && request.AuxiliaryAddresses.Count == 0
            ? ValueTask.FromResult(new AddressPool { Subnet = new IPNetwork(IPAddress.Any, 0) })
            : throw Invalid(
                request,
                "null ipam driver does not handle specific address pool requests; leave --subnet, --ip-range, --gateway and --aux-address "
                    + "out");
    }

    /// <inheritdoc/>
    public ValueTask ReleasePoolAsync(AddressPool pool, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask<InterfaceAddress> RequestAddressAsync(AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken) =>
        throw new CnmException(CnmErrorKind.InvalidParameter, "null ipam driver has no addresses; choose another --ipam-driver for them");

    /// <inheritdoc/>
    public ValueTask ReleaseAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask CancelAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void Restore(AddressPool pool, IEnumerable<IPAddress> addresses, IEnumerable<IPAddress>? freed = null)
    {
    }

    private static CnmException Invalid(PoolRequest request, string words) =>
        new(CnmErrorKind.InvalidParameter, $"network \"{request.NetworkName}\": {words}");
}
