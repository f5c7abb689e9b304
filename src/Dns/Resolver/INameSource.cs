using System.Net;
using System.Net.Sockets;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>The names that one client may see. The server asks it for every query, so a change is answered by the next query.</summary>
/// <remarks>Called by one thread at a time, on the way of every packet: answer from memory, allocate nothing, block on nothing, throw nothing. Names
/// are compared with ASCII case aside, as <see cref="DnsName"/> does.</remarks>
public interface INameSource
{
    /// <summary>Looks a name up.</summary>
    /// <param name="name">The name asked for. Valid during the call only: <see cref="DnsName.ToOwned"/> gives one to keep.</param>
    /// <param name="family">InterNetwork or InterNetworkV6 for addresses of that family; Unspecified when only the result matters, as for a
    /// question of another type.</param>
    /// <param name="addresses">Takes the addresses of that family, in any order and each once: the server shuffles them. There may be none.</param>
    /// <returns>What the name is. Unless it is <see cref="NameLookup.Known"/>, nothing was added; unless it is <see cref="NameLookup.NotOurs"/>, the question never
    /// leaves the host.</returns>
    NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses);

    /// <summary>Looks the name of an address up.</summary>
    /// <param name="reverseName">A name below in-addr.arpa or ip6.arpa, or any other. Valid during the call only.</param>
    /// <param name="names">Takes the names of the address, in the order in which they are answered.</param>
    /// <returns>False: the address is not ours, and nothing was added.</returns>
    bool TryLookupPointer(DnsName reverseName, List<DnsName> names);
}
