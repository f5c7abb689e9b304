using System.Net;

using Net.Cnm.Firewalls;

namespace Net.Firewall.Nftables.Bridges;

/// <summary>Builds the elements that describe what one container may send into its bridge.</summary>
internal static class NftablesEndpointElements
{
    /// <summary>The elements of an endpoint: its port, its addresses when it has anti-spoofing, and its port once more when its network has
    /// no inter-container communication.</summary>
    public static IEnumerable<NftablesElement> Endpoint(EndpointPolicy endpoint)
    {
        var elements = new NftablesElementFactory(NftablesTable.Bridge, endpoint);
        string port = NftablesKey.Of(endpoint.HostLink);
        yield return elements.Of(NftablesBridgeSets.Ports, port);
        if (endpoint.AntiSpoof)
        {
            foreach (NftablesElement element in Guarded(elements, endpoint, port))
            {
                yield return element;
            }
        }

        if (!endpoint.InterContainer)
        {
            yield return elements.Of(NftablesBridgeSets.Closed, port);
            yield return elements.Shared(NftablesBridgeSets.ClosedMacs, Convert.ToHexString(endpoint.MacAddress.ToBytes()));
        }
    }

    /// <summary>The element of a link between two containers.</summary>
    public static IEnumerable<NftablesElement> Link(LinkPolicy link) =>
    [
        new NftablesElementFactory(NftablesTable.Bridge, link).Of(
            PolicyFamilies.Of(link.Server) == FirewallFamily.IPv4 ? NftablesBridgeSets.Linked4 : NftablesBridgeSets.Linked6,
            NftablesKey.Of(link.Client), NftablesKey.Of(link.Server), NftablesKey.Of(link.Protocol), NftablesKey.Of(link.Port)),
    ];

    /// <summary>The element of another address that an endpoint's container may send from.</summary>
    public static NftablesElement Source(SourcePolicy policy) => new NftablesElementFactory(NftablesTable.Bridge, policy).Of(
        PolicyFamilies.Of(policy.Address) == FirewallFamily.IPv4 ? NftablesBridgeSets.Others4 : NftablesBridgeSets.Others6,
        NftablesKey.Of(policy.HostLink), NftablesKey.Of(policy.Address));

    /// <summary>The elements of a further address of an endpoint's container.</summary>
    public static IEnumerable<NftablesElement> Address(AddressPolicy policy) =>
        Own(new NftablesElementFactory(NftablesTable.Bridge, policy), NftablesKey.Of(policy.HostLink), policy.Address);

    private static IEnumerable<NftablesElement> Guarded(NftablesElementFactory elements, EndpointPolicy endpoint, string port)
    {
        string mac = NftablesKey.Of(endpoint.MacAddress);
        yield return elements.Of(NftablesBridgeSets.Guarded, port);
        yield return elements.Of(NftablesBridgeSets.Macs, port, mac);
        yield return elements.Of(NftablesBridgeSets.NeighbourOptions, port, mac);
        yield return elements.Of(NftablesBridgeSets.RouterOptions, port, mac);
        if (endpoint.IPv4 is { } address)
        {
            yield return elements.Of(NftablesBridgeSets.Addresses4, port, NftablesKey.Of(address));
        }

        IPAddress[] addresses6 = endpoint.IPv6 is { } six ? [endpoint.MacAddress.ToLinkLocal(), six] : [endpoint.MacAddress.ToLinkLocal()];
        foreach (NftablesElement element in addresses6.Distinct().SelectMany(address => Own(elements, port, address)))
        {
            yield return element;
        }
    }

    private static NftablesElement[] Own(NftablesElementFactory elements, string port, IPAddress address)
    {
        string key = NftablesKey.Of(address);
        return PolicyFamilies.Of(address) == FirewallFamily.IPv4
            ? [elements.Of(NftablesBridgeSets.Addresses4, port, key)]
            : [elements.Of(NftablesBridgeSets.Addresses6, port, key), elements.Of(NftablesBridgeSets.Targets, port, key)];
    }
}
