using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>Looks one name up for a person, who is on no network: it has the meaning that it has for any container.</summary>
internal static class NameSearch
{
    /// <summary>Looks a name up in the names of every container, once. The result has the addresses of this moment, and knows no other
    /// name.</summary>
    public static INameSource For(IEnumerable<INameSource> sources, DnsName name)
    {
        var addresses = new List<IPAddress>();
        var names = new List<DnsName>();
        foreach (INameSource source in sources)
        {
            source.Lookup(name, AddressFamily.InterNetwork, addresses);
            source.Lookup(name, AddressFamily.InterNetworkV6, addresses);
            source.TryLookupPointer(name, names);
        }

        IEnumerable<(IPAddress, DnsName)> pointers =
            ReverseName.TryGetAddress(name, out IPAddress address) ? names.Select(n => (address, n)) : [];
        return new Found(new NameTable(addresses.Select(found => (name, found)), pointers));
    }

    /// <summary>The records that were found. Any other name in the host's domain does not exist and is never forwarded, for a person
    /// neither.</summary>
    private sealed class Found(NameTable table) : INameSource
    {
        public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses) =>
            table.Lookup(name, family, addresses) is var found and not NameLookup.NotLocal ? found : HostZone.Lookup(name);

        public bool TryLookupPointer(DnsName reverseName, List<DnsName> names) => table.TryLookupPointer(reverseName, names);
    }
}
