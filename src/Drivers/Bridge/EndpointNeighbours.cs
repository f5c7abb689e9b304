using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Firewalls;

namespace Net.Drivers.Bridge;

/// <summary>Describes permanent neighbour entries in both directions, for each family of the endpoint: both Ethernet addresses are known,
/// so no address resolution is needed.</summary>
/// <remarks>Resolved entries count in one table of 1024 for the whole machine (gc_thresh3), which a thousand endpoints overflow; permanent
/// entries do not count.</remarks>
internal static class EndpointNeighbours
{
    public static IEnumerable<DesiredObject> Describe(BridgeNetwork network, Endpoint endpoint, NamespaceRef sandbox) =>
    [
        .. Pair(network, endpoint, sandbox, endpoint.IPv4),
        .. Pair(network, endpoint, sandbox, endpoint.IPv6),
    ];

    private static IEnumerable<DesiredObject> Pair(
        BridgeNetwork network, Endpoint endpoint, NamespaceRef sandbox, InterfaceAddress? address)
    {
        // The Ethernet address of a bridge of another program is not ours to know: it may change, and so may what else is on the bridge.
        if (address is null || network.Adopts || network.ModeOf(address.IsIPv6) == GatewayMode.Isolated)
        {
            yield break;
        }

        if (network.OwnGateway(address.IsIPv6) is { } gateway)
        {
            yield return Entry(endpoint, sandbox, endpoint.InterfaceName, gateway, network.BridgeMac);
        }

        yield return Entry(endpoint, NamespaceRef.Host, network.Bridge, address.Address, EndpointLink.AddressOf(endpoint));
    }

    private static NeighbourObject Entry(Endpoint endpoint, NamespaceRef where, string link, IPAddress address, MacAddress mac) => new()
    {
        Owner = OwnerId.Of(endpoint.Id),
        Namespace = where,
        Link = link,
        Address = address,
        MacAddress = mac,
    };
}
