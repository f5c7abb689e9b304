using System.Net;
using System.Net.Sockets;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>The names that one client may see. The server asks it for every query, so a change is answered by the next query.</summary>
/// <remarks>Called from several threads at once, on the way of every packet: answer from memory, block on nothing, throw nothing. Names are
/// compared with ASCII case aside, as <see cref="DnsName"/> does.</remarks>
public interface INameSource
{
    /// <summary>Looks a name up.</summary>
    /// <param name="name">The name asked for. Valid during the call only: <see cref="DnsName.ToOwned"/> gives one to keep.</param>
    /// <param name="family">InterNetwork or InterNetworkV6 for addresses of that family; Unspecified when only
    /// <see cref="NameAnswer.IsOurs"/> matters, as for a question of another type.</param>
    /// <returns>Not ours, or ours with the addresses of that family, of which there may be none.</returns>
    NameAnswer Lookup(DnsName name, AddressFamily family);

    /// <summary>Looks the name of an address up.</summary>
    /// <param name="address">Any IPv4 or IPv6 address.</param>
    ReverseAnswer Lookup(IPAddress address);
}
