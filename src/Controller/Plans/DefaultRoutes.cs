using System.Net;
using Net.Cnm.DesiredState;
using Net.Cnm.Endpoints;
using Net.Cnm.Networks;

namespace Net.Controller.Plans;

/// <summary>The default routes of a sandbox. In each address family the route leads through the endpoint with the highest priority
/// among those whose network has a way out, and of equals through the one that was connected first.</summary>
internal static class DefaultRoutes
{
    private static readonly IPNetwork Ipv4 = new(IPAddress.Any, 0);

    private static readonly IPNetwork Ipv6 = new(IPAddress.IPv6Any, 0);

    /// <summary>The default gateway of an endpoint in an address family; null when its network has no way out, or one by the interface
    /// itself.</summary>
    public static IPAddress? Gateway(Network network, Endpoint endpoint, bool ipv6) =>
        network.Internal || network.WayOut != WayOut.Gateway || network.Foreign is { IsWithoutWayOut: true } || !endpoint.IsSettled ? null
        : network.Plugged is { HasDriver: true } ? (ipv6 ? endpoint.Plugged?.GatewayIPv6 : endpoint.Plugged?.Gateway)
        : ipv6 && endpoint is { IPv6: null, IPv4: not null } ? null // a container that has turned IPv6 off
        : network.GatewayOf(ipv6, (ipv6 ? endpoint.IPv6 : endpoint.IPv4)?.Address);

    /// <summary>The endpoint through which the default route of an address family leads; null when none has a way out.</summary>
    /// <param name="endpoints">The endpoints of a sandbox in the order of connection, each with its network.</param>
    /// <param name="ipv6">True for IPv6, false for IPv4.</param>
    public static (Endpoint Endpoint, Network Network)? Holder(IEnumerable<(Endpoint Endpoint, Network Network)> endpoints, bool ipv6)
    {
        (Endpoint Endpoint, Network Network)? holder = null;
        foreach ((Endpoint endpoint, Network network) in endpoints)
        {
            if (IsWayOut(network, endpoint, ipv6)
                && (holder is null || endpoint.GatewayPriority > holder.Value.Endpoint.GatewayPriority))
            {
                holder = (endpoint, network);
            }
        }

        return holder;
    }

    /// <summary>The default routes, at most one for each address family.</summary>
    /// <param name="owner">The sandbox.</param>
    /// <param name="place">The sandbox's namespace.</param>
    /// <param name="endpoints">Its endpoints in the order of connection, each with its network.</param>
    public static IEnumerable<RouteObject> Describe(
        OwnerId owner, NamespaceRef place, IReadOnlyList<(Endpoint Endpoint, Network Network)> endpoints)
    {
        foreach (bool ipv6 in (bool[])[false, true])
        {
            if (Holder(endpoints, ipv6) is (Endpoint endpoint, Network network))
            {
                yield return new RouteObject
                {
                    Owner = owner,
                    Namespace = place,
                    Destination = ipv6 ? Ipv6 : Ipv4,
                    Gateway = Gateway(network, endpoint, ipv6),
                    Metric = network.RouteMetric,
                    Link = endpoint.InterfaceName,
                };
            }
        }
    }

    private static bool IsWayOut(Network network, Endpoint endpoint, bool ipv6) => network.WayOut == WayOut.Interface
        ? !network.Internal && network.Pools.Any(pool => pool.IsIPv6 == ipv6)
        : Gateway(network, endpoint, ipv6) is not null;
}
