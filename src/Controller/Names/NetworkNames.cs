using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Net.Cnm.Addresses;
using Net.Cnm.Endpoints;
using Net.Cnm.Identifiers;
using Net.Cnm.Networks;
using Net.Cnm.Sandboxes;
using Net.Dns.Wire;

namespace Net.Controller.Names;

/// <summary>The names on one network. Immutable; a look-up allocates nothing.</summary>
internal sealed class NetworkNames
{
    private readonly ImmutableDictionary<DnsName, ImmutableArray<Endpoint>> _holders;
    private readonly ImmutableDictionary<DnsName, DnsName> _pointers;
    private readonly ImmutableDictionary<SandboxId, Endpoint> _members;

    private NetworkNames(
        ImmutableDictionary<DnsName, ImmutableArray<Endpoint>> holders,
        ImmutableDictionary<DnsName, DnsName> pointers,
        ImmutableDictionary<SandboxId, Endpoint> members)
    {
        _holders = holders;
        _pointers = pointers;
        _members = members;
    }

    public static NetworkNames Empty { get; } = new(
        ImmutableDictionary<DnsName, ImmutableArray<Endpoint>>.Empty,
        ImmutableDictionary<DnsName, DnsName>.Empty,
        ImmutableDictionary<SandboxId, Endpoint>.Empty);

    public bool IsEmpty => _members.IsEmpty;

    /// <summary>Finds the endpoints that have a name, at least one.</summary>
    /// <returns>False for a name that no endpoint has.</returns>
    public bool TryFind(DnsName name, out ImmutableArray<Endpoint> holders) => _holders.TryGetValue(name, out holders);

    /// <summary>Finds the name of an address, in the form <c>NAME.NETWORK</c>.</summary>
    /// <param name="reverseName">The reverse name of the address, below in-addr.arpa or ip6.arpa.</param>
    /// <param name="name">The name when the result is true.</param>
    public bool TryFindPointer(DnsName reverseName, out DnsName name) => _pointers.TryGetValue(reverseName, out name);

    /// <summary>Adds the names of an endpoint.</summary>
    public NetworkNames With(Endpoint endpoint, Sandbox sandbox, Network network)
    {
        ImmutableDictionary<DnsName, ImmutableArray<Endpoint>>.Builder holders = _holders.ToBuilder();
        foreach (DnsName name in NamesOf(endpoint, sandbox, network))
        {
            holders[name] = holders.TryGetValue(name, out ImmutableArray<Endpoint> others) ? others.Add(endpoint) : [endpoint];
        }

        ImmutableDictionary<DnsName, DnsName> pointers = QualifiedName.TryOf(sandbox.Name, network.Name, out DnsName full)
            ? _pointers.SetItems(ReverseNamesOf(endpoint).Select(reverse => KeyValuePair.Create(reverse, full)))
            : _pointers;
        return new NetworkNames(holders.ToImmutable(), pointers, _members.SetItem(sandbox.Id, endpoint));
    }

    /// <summary>Removes the names of an endpoint.</summary>
    public NetworkNames Without(Endpoint endpoint, Sandbox sandbox, Network network)
    {
        ImmutableDictionary<DnsName, ImmutableArray<Endpoint>>.Builder holders = _holders.ToBuilder();
        foreach (DnsName name in NamesOf(endpoint, sandbox, network))
        {
            ImmutableArray<Endpoint> rest = holders[name].RemoveAll(e => e.Id == endpoint.Id);
            if (rest.IsEmpty)
            {
                holders.Remove(name);
            }
            else
            {
                holders[name] = rest;
            }
        }

        return new NetworkNames(holders.ToImmutable(), _pointers.RemoveRange(ReverseNamesOf(endpoint)), _members.Remove(sandbox.Id));
    }

    /// <summary>An endpoint's address of a family; null when it has none, or for any other family.</summary>
    public static IPAddress? AddressOf(Endpoint endpoint, AddressFamily family) => family switch
    {
        AddressFamily.InterNetwork => endpoint.IPv4?.Address,
        AddressFamily.InterNetworkV6 => endpoint.IPv6?.Address,
        _ => null,
    };

    private static HashSet<DnsName> NamesOf(Endpoint endpoint, Sandbox sandbox, Network network) =>
        [.. EndpointNames.Of(sandbox, endpoint, network).SelectMany(name => QualifiedName.FormsOf(name, network.Name))];

    private static IEnumerable<DnsName> ReverseNamesOf(Endpoint endpoint) =>
        new[] { endpoint.IPv4, endpoint.IPv6 }.OfType<InterfaceAddress>().Select(a => ReverseName.FromAddress(a.Address));
}
