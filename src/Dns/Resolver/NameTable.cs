using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>A name source that is made from pairs of names and addresses, and never changes.</summary>
public sealed class NameTable : INameSource
{
    private readonly FrozenDictionary<DnsName, IPAddress[]> _names;
    private readonly FrozenDictionary<DnsName, DnsName[]> _pointers;

    /// <summary>Makes the table.</summary>
    /// <param name="addresses">Every name with each of its addresses: a name with several addresses occurs several times.</param>
    /// <param name="pointers">Every address with each of its names, for PTR.</param>
    public NameTable(IEnumerable<(DnsName Name, IPAddress Address)> addresses, IEnumerable<(IPAddress Address, DnsName Name)> pointers)
    {
        _names = addresses
            .GroupBy(static pair => pair.Name, static pair => pair.Address)
            .ToFrozenDictionary(static group => group.Key.ToOwned(), static group => group.Distinct().ToArray());
        _pointers = pointers
            .GroupBy(static pair => ReverseName.FromAddress(pair.Address), static pair => pair.Name.ToOwned())
            .ToFrozenDictionary(static group => group.Key, static group => group.Distinct().ToArray());
    }

    /// <inheritdoc/>
    public NameLookup Lookup(DnsName name, AddressFamily family, List<IPAddress> addresses)
    {
        if (!_names.TryGetValue(name, out IPAddress[]? all))
        {
            return NameLookup.NotLocal;
        }

        foreach (IPAddress address in all)
        {
            if (address.AddressFamily == family)
            {
                addresses.Add(address);
            }
        }

        return NameLookup.Known;
    }

    /// <inheritdoc/>
    public bool TryLookupPointer(DnsName reverseName, List<DnsName> names)
    {
        if (!_pointers.TryGetValue(reverseName, out DnsName[]? all))
        {
            return false;
        }

        names.AddRange(all.AsSpan());
        return true;
    }
}
