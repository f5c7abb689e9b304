using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Networks;

namespace Net.Cnm.Ipam;

/// <summary>Hands out subnets and addresses. Restored from the store at start, so what was handed out survives a restart.</summary>
/// <remarks>Called by one operation at a time.</remarks>
public interface IIpamDriver
{
    /// <summary>The name users type after <c>--ipam-driver</c>.</summary>
    string Name { get; }

    /// <summary>Reserves a subnet.</summary>
    /// <returns>The pool with its gateway chosen and reserved.</returns>
    /// <exception cref="CnmException">InvalidParameter: range, gateway or auxiliary address outside the subnet. Conflict: it overlaps a
    /// reserved pool or a route of the host. Unavailable: no default pool is free.</exception>
    ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, CancellationToken cancellationToken);

    /// <summary>Gives a subnet back with every address of it; unknown ones are ignored.</summary>
    ValueTask ReleasePoolAsync(AddressPool pool, CancellationToken cancellationToken);

    /// <summary>Reserves one address of a pool for an endpoint.</summary>
    /// <param name="pool">A pool that was requested or restored.</param>
    /// <param name="preferred">The exact address wanted, or null for the next free one.</param>
    /// <returns>The address with the pool's prefix length, e.g. 172.18.0.2/16.</returns>
    /// <exception cref="CnmException">InvalidParameter: <paramref name="preferred"/> is outside the subnet, or is its network or broadcast
    /// address. Conflict: it is taken. Unavailable: the pool is full.</exception>
    /// <remarks>Network and broadcast: RFC 950, RFC 1122 3.2.1.3.</remarks>
    ValueTask<InterfaceAddress> RequestAddressAsync(AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken);

    /// <summary>Gives an address back; one that is not reserved is ignored.</summary>
    ValueTask ReleaseAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken);

    /// <summary>Takes a reservation back that nobody came to use: all is as before <see cref="RequestAddressAsync"/>, so that the next
    /// request gets what this one got.</summary>
    ValueTask CancelAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken);

    /// <summary>Takes note of a pool and addresses that the store says are in use, at start.</summary>
    void Restore(AddressPool pool, IEnumerable<IPAddress> addresses);
}
