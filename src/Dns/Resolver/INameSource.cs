using System.Net;
using System.Net.Sockets;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>The local names that one client sees. The server asks it for every query, so a change holds from the next query on.</summary>
/// <remarks>Called by one thread at a time, on the path of every packet: answer from memory, allocate nothing, block on nothing, throw
/// nothing. Names are compared without regard to ASCII case, as <see cref="DnsName"/> does.</remarks>
public interface INameSource
{
    /// <summary>Looks a name up.</summary>
    /// <param name="name">The name. It is valid during the call only: <see cref="DnsName.ToOwned"/> makes a copy to keep.</param>
    /// <param name="family">InterNetwork or InterNetworkV6 for addresses of that family; Unspecified when only the result matters, as for a
    /// query of another type.</param>
    /// <param name="addresses">Takes the addresses of that family, in any order and each once: the server shuffles them. There may be
    /// none.</param>
    /// <returns>Whether the name is local and exists. Unless it is <see cref="NameLookup.Known"/>, nothing was added; unless it is
    /// <see cref="NameLookup.NotLocal"/>, the query never leaves the host.</returns>
    NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses);

    /// <summary>Looks the names of an address up.</summary>
    /// <param name="reverseName">A name below in-addr.arpa or ip6.arpa, or any other. Valid during the call only.</param>
    /// <param name="names">Takes the names of the address, in the order of the response.</param>
    /// <returns>False: the address is not local, and nothing was added.</returns>
    bool TryLookupPointer(DnsName reverseName, List<DnsName> names);
}
