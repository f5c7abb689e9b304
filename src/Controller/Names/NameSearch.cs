using System.Net;
using System.Net.Sockets;
using Net.Dns.Resolver;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>One name as all containers together see it: for a person, who is on no network.</summary>
internal static class NameSearch
{
    /// <summary>Looks a name up in every view, once: the result is what it meant at this moment, and knows no other name.</summary>
    public static INameSource For(IEnumerable<INameSource> views, DnsName name)
    {
        var addresses = new List<IPAddress>();
        var names = new List<DnsName>();
        foreach (INameSource view in views)
        {
            view.Lookup(name, AddressFamily.InterNetwork, addresses);
            view.Lookup(name, AddressFamily.InterNetworkV6, addresses);
            view.TryLookupPointer(name, names);
        }

        IEnumerable<(IPAddress, DnsName)> pointers = ReverseName.TryGetAddress(name, out IPAddress asked) ? names.Select(n => (asked, n)) : [];
        return new Found(new NameTable(addresses.Select(address => (name, address)), pointers));
    }

    /// <summary>What was found, and that of the host's domain nothing else is there: that is never asked of others, for a person neither.</summary>
    private sealed class Found(NameTable table) : INameSource
    {
        public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses) =>
            table.Lookup(name, family, addresses) is var found and not NameLookup.NotLocal ? found : HostZone.Lookup(name);

        public bool TryLookupPointer(DnsName reverseName, List<DnsName> names) => table.TryLookupPointer(reverseName, names);
    }
}
