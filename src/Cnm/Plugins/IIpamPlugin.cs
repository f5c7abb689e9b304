using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Errors;
using Net.Cnm.Ipam;
using Net.Cnm.Networks;

namespace Net.Cnm.Plugins;

/// <summary>An IPAM driver in another program (libnetwork's remote IPAM). It keeps its reservations itself.</summary>
public interface IIpamPlugin : IIpamDriver
{
    /// <summary>Whether a request for an address must have the endpoint's Ethernet address.</summary>
    bool RequiresEthernetAddress { get; }

    /// <summary>Reserves a subnet for a network, with its gateway and its auxiliary addresses, each by a question of its own.</summary>
    /// <param name="request">The request.</param>
    /// <param name="record">Called with the pool as it is reserved so far, after each answer and before the next question, so that it can
    /// be stored. Once it has been called, the caller releases the pool, also after an error; what it throws is thrown again.</param>
    /// <exception cref="CnmException">The plug-in refuses, answers nonsense or does not answer.</exception>
    ValueTask<AddressPool> RequestPoolAsync(PoolRequest request, Func<AddressPool, Task> record, CancellationToken cancellationToken);

    /// <summary>Reserves one address of a pool for an endpoint whose Ethernet address is known.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="preferred">The exact address that is wanted; null for any.</param>
    /// <param name="mac">The endpoint's Ethernet address, for plug-ins that choose by it; null for none.</param>
    ValueTask<InterfaceAddress> RequestAddressAsync(
        AddressPool pool, IPAddress? preferred, MacAddress? mac, CancellationToken cancellationToken);

    /// <summary>Tells a plug-in that keeps nothing over its own restart what is reserved, at the start of the daemon; one that does keep
    /// it is not asked.</summary>
    /// <param name="pool">The pool.</param>
    /// <param name="options">The network's options for the plug-in.</param>
    /// <param name="addresses">The addresses of endpoints.</param>
    ValueTask ReplayAsync(
        AddressPool pool,
        IReadOnlyDictionary<string, string> options,
        IEnumerable<IPAddress> addresses,
        CancellationToken cancellationToken);
}
