using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>One name as all containers together see it: for a person, who is on no network.</summary>
internal static class NameSearch
{
    /// <summary>Looks a name up in every view, once: the result is what it meant at this moment, and knows no other name.</summary>
    public static NameTable For(IEnumerable<INameSource> views, DnsName name)
    {
        var addresses = new List<IPAddress>();
        var names = new List<DnsName>();
        foreach (INameSource view in views)
        {
            view.TryLookup(name, AddressFamily.InterNetwork, addresses);
            view.TryLookup(name, AddressFamily.InterNetworkV6, addresses);
            view.TryLookupPointer(name, names);
        }

        IEnumerable<(IPAddress, DnsName)> pointers = ReverseName.TryGetAddress(name, out IPAddress asked) ? names.Select(n => (asked, n)) : [];
        return new NameTable(addresses.Select(address => (name, address)), pointers);
    }
}
