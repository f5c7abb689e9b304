using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Networks;

namespace Net.Cnm.Ipam;

/// <summary>Assigns subnets to networks and addresses to endpoints (IP address management). At start its state is restored from the store,
/// so that assignments survive a restart.</summary>
/// <remarks>Its methods are called by one operation at a time; an implementation need not be thread-safe.</remarks>
public interface IIpamDriver
{
    /// <summary>The name of the driver, as given to <c>--ipam-driver</c>.</summary>
    string Name { get; }

    /// <summary>Reserves a subnet for a network.</summary>
    /// <returns>The pool with its gateway chosen and reserved.</returns>
    /// <exception cref="CnmException">InvalidParameter: the range, the gateway or an auxiliary address is outside the subnet. Conflict: the
    /// subnet overlaps a reserved pool. Unavailable: no default pool is free.</exception>
    ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, CancellationToken cancellationToken);

    /// <summary>Releases a subnet with all its addresses. A subnet that is not reserved is ignored.</summary>
    ValueTask ReleasePoolAsync(AddressPool pool, CancellationToken cancellationToken);

    /// <summary>Reserves one address of a pool for an endpoint.</summary>
    /// <param name="pool">A pool that was requested or restored before.</param>
    /// <param name="preferred">The exact address that is wanted; null for the next free one.</param>
    /// <returns>The address with the prefix length of the pool, such as 172.18.0.2/16.</returns>
    /// <exception cref="CnmException">InvalidParameter: <paramref name="preferred"/> is outside the subnet, or is its network or broadcast
    /// address. Conflict: the address is in use. Unavailable: the pool has no free address.</exception>
    /// <remarks>Network and broadcast addresses are defined by RFC 950 and RFC 1122 section 3.2.1.3.</remarks>
    ValueTask<InterfaceAddress> RequestAddressAsync(AddressPool pool, IPAddress? preferred, CancellationToken cancellationToken);

    /// <summary>Releases an address. An address that is not reserved is ignored.</summary>
    ValueTask ReleaseAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken);

    /// <summary>Cancels a reservation that was never used. The state is then as before <see cref="RequestAddressAsync"/>, so that the next
    /// request gets the same address.</summary>
    ValueTask CancelAddressAsync(AddressPool pool, IPAddress address, CancellationToken cancellationToken);

    /// <summary>Marks a pool and addresses as reserved that are in use according to the store. Called at start.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="addresses">The addresses that are in use.</param>
    /// <param name="freed">Addresses that were in use before and have been released, the one that was released first at the beginning: they
    /// are assigned again after all others, in this order. Null for none. One that is in use as well is ignored.</param>
    void Restore(AddressPool pool, IEnumerable<IPAddress> addresses, IEnumerable<IPAddress>? freed = null);
}
