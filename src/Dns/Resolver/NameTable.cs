using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using Net.Dns.Wire;

namespace Net.Dns.Resolver;

/// <summary>A name source that is made once from pairs and never changes. For a change, make another and swap it.</summary>
public sealed class NameTable : INameSource
{
    private readonly FrozenDictionary<DnsName, Entry> _names;
    private readonly FrozenDictionary<IPAddress, DnsName[]> _pointers;

    /// <summary>Makes the table.</summary>
    /// <param name="addresses">Every name with each of its addresses; a name with several addresses comes several times.</param>
    /// <param name="pointers">Every address with each of its names, for PTR.</param>
    public NameTable(IEnumerable<(DnsName Name, IPAddress Address)> addresses, IEnumerable<(IPAddress Address, DnsName Name)> pointers)
    {
        _names = addresses
            .GroupBy(static pair => pair.Name, static pair => pair.Address)
            .ToFrozenDictionary(static group => group.Key.ToOwned(), static group => new Entry([.. group.Distinct()]));
        _pointers = pointers
            .GroupBy(static pair => pair.Address, static pair => pair.Name.ToOwned())
            .ToFrozenDictionary(static group => group.Key, static group => group.Distinct().ToArray());
    }

    /// <inheritdoc/>
    public NameAnswer Lookup(DnsName name, AddressFamily family) =>
        _names.TryGetValue(name, out Entry? entry) ? entry.Of(family) : NameAnswer.NotOurs;

    /// <inheritdoc/>
    public ReverseAnswer Lookup(IPAddress address) =>
        _pointers.TryGetValue(address, out DnsName[]? found) ? ReverseAnswer.Ours(found) : ReverseAnswer.NotOurs;

    private sealed class Entry(IPAddress[] all)
    {
        private readonly NameAnswer _ipv4 = Only(all, AddressFamily.InterNetwork);
        private readonly NameAnswer _ipv6 = Only(all, AddressFamily.InterNetworkV6);
        private readonly NameAnswer _any = NameAnswer.Ours(all);

        public NameAnswer Of(AddressFamily family) => family switch
        {
            AddressFamily.InterNetwork => _ipv4,
            AddressFamily.InterNetworkV6 => _ipv6,
            _ => _any,
        };

        private static NameAnswer Only(IPAddress[] all, AddressFamily family) =>
            NameAnswer.Ours(Array.FindAll(all, address => address.AddressFamily == family));
    }
}
