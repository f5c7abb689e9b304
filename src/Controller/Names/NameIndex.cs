using System.Collections.Immutable;
using System.Net;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>The names on every network that has names: a look-up costs the same with one container and with a thousand.</summary>
internal sealed class NameIndex
{
    private readonly ImmutableDictionary<(NetworkId, DnsName), ImmutableList<Endpoint>> _names;
    private readonly ImmutableDictionary<(NetworkId, IPAddress), ImmutableList<DnsName>> _pointers;

    private NameIndex(
        ImmutableDictionary<(NetworkId, DnsName), ImmutableList<Endpoint>> names,
        ImmutableDictionary<(NetworkId, IPAddress), ImmutableList<DnsName>> pointers)
    {
        _names = names;
        _pointers = pointers;
    }

    public static NameIndex Empty { get; } = new(
        ImmutableDictionary<(NetworkId, DnsName), ImmutableList<Endpoint>>.Empty,
        ImmutableDictionary<(NetworkId, IPAddress), ImmutableList<DnsName>>.Empty);

    /// <summary>The endpoints that a name means on a network; null for a name that the network does not know.</summary>
    public IReadOnlyList<Endpoint>? Find(NetworkId network, DnsName name) => _names.GetValueOrDefault((network, name));

    /// <summary>The name of an address on a network, as NAME.NETWORK; null for an unknown one.</summary>
    public IReadOnlyList<DnsName>? Find(NetworkId network, IPAddress address) => _pointers.GetValueOrDefault((network, address));

    /// <summary>Whether containers on a network find each other by name: all but the default bridge, and those without addresses.</summary>
    public static bool HasNames(Network network) => !network.IsPredefined;

    public NameIndex With(Endpoint endpoint, Sandbox sandbox, Network network)
    {
        if (!IsListed(sandbox, network))
        {
            return this;
        }

        var names = _names.ToBuilder();
        foreach (DnsName name in NamesOf(endpoint, sandbox, network))
        {
            names[(network.Id, name)] = names.GetValueOrDefault((network.Id, name), [])!.Add(endpoint);
        }

        var pointers = _pointers.ToBuilder();
        if (DnsName.TryParse($"{sandbox.Name}.{network.Name}", out DnsName full))
        {
            foreach (IPAddress address in AddressesOf(endpoint))
            {
                pointers[(network.Id, address)] = [full];
            }
        }

        return new NameIndex(names.ToImmutable(), pointers.ToImmutable());
    }

    public NameIndex Without(Endpoint endpoint, Sandbox sandbox, Network network)
    {
        if (!IsListed(sandbox, network))
        {
            return this;
        }

        var names = _names.ToBuilder();
        foreach (DnsName name in NamesOf(endpoint, sandbox, network))
        {
            ImmutableList<Endpoint> rest = names[(network.Id, name)].RemoveAll(e => e.Id == endpoint.Id);
            if (rest.IsEmpty)
            {
                names.Remove((network.Id, name));
            }
            else
            {
                names[(network.Id, name)] = rest;
            }
        }

        var pointers = _pointers.ToBuilder();
        pointers.RemoveRange(AddressesOf(endpoint).Select(address => (network.Id, address)));
        return new NameIndex(names.ToImmutable(), pointers.ToImmutable());
    }

    private static bool IsListed(Sandbox sandbox, Network network) => HasNames(network) && sandbox.HasNetworkStack;

    private static HashSet<DnsName> NamesOf(Endpoint endpoint, Sandbox sandbox, Network network)
    {
        HashSet<DnsName> names = [];
        foreach (string text in (string[])[sandbox.Name, sandbox.Id.Short, sandbox.HostName, .. endpoint.Aliases])
        {
            if (DnsName.TryParse(text, out DnsName name))
            {
                names.Add(name);
            }

            if (DnsName.TryParse($"{text.TrimEnd('.')}.{network.Name}", out DnsName full))
            {
                names.Add(full);
            }
        }

        return names;
    }

    private static IEnumerable<IPAddress> AddressesOf(Endpoint endpoint) =>
        new[] { endpoint.IPv4, endpoint.IPv6 }.OfType<Net.Cnm.Addresses.InterfaceAddress>().Select(a => a.Address);
}
