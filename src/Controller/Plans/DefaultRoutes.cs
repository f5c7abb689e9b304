using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;

namespace Net.Controller.Plans;

/// <summary>Where a sandbox's packets to everywhere else leave, chosen for each family by itself: the first endpoint connected whose network has a way out.</summary>
internal static class DefaultRoutes
{
    private static readonly IPNetwork Ipv4 = new(IPAddress.Any, 0);

    private static readonly IPNetwork Ipv6 = new(IPAddress.IPv6Any, 0);

    /// <summary>At most one route a family.</summary>
    /// <param name="owner">The sandbox.</param>
    /// <param name="place">Its namespace.</param>
    /// <param name="endpoints">Its endpoints in the order of connection, each with its network.</param>
    public static IEnumerable<RouteObject> Describe(OwnerId owner, NamespaceRef place, IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints)
    {
        foreach (bool ipv6 in (bool[])[false, true])
        {
            foreach ((Endpoint endpoint, Network network) in endpoints)
            {
                InterfaceAddress? address = ipv6 ? endpoint.IPv6 : endpoint.IPv4;
                IPAddress? gateway = network.Pools.FirstOrDefault(p => p.IsIPv6 == ipv6)?.Gateway;
                if (!network.Internal && address is not null && gateway is not null)
                {
                    yield return new RouteObject
                    {
                        Owner = owner,
                        Namespace = place,
                        Destination = ipv6 ? Ipv6 : Ipv4,
                        Gateway = gateway,
                        Link = endpoint.InterfaceName,
                    };
                    break;
                }
            }
        }
    }
}
