using System.Net;
using System.Net.Sockets;
using Net.Netlink;
using Net.Netlink.Routes;

namespace Net.Kernel.Routes;

/// <summary>Tells routes that this daemon made from others.</summary>
/// <remarks>A route has no room for an owner's id, only for who made it: rtm_protocol, a number from 5 to 255 that nothing else known uses
/// (include/uapi/linux/rtnetlink.h, /etc/iproute2/rt_protos).</remarks>
internal static class RouteMark
{
    /// <summary>Our protocol number.</summary>
    public const RouteProtocol Protocol = (RouteProtocol)110;

    /// <summary>Whether this daemon made the route.</summary>
    public static bool IsOurs(RouteMessage route) => route.Header.Protocol == Protocol;

    /// <summary>The subnet the route leads to; null when it is of another sort than unicast.</summary>
    public static IPNetwork? Destination(RouteMessage route) => route.Header.Type != RouteType.Unicast
        ? null
        : new IPNetwork(
            route.Destination ?? (route.Header.Family == RouteFamily.IPv4 ? IPAddress.Any : IPAddress.IPv6Any),
            route.Header.DestinationLength);

    /// <summary>Whether the route leads to that subnet.</summary>
    public static bool Leads(RouteMessage route, IPNetwork destination) =>
        route.Header.Family == FamilyOf(destination)
            && route.Header.DestinationLength == destination.PrefixLength
            && Destination(route) == destination;

    /// <summary>The family of a subnet.</summary>
    public static RouteFamily FamilyOf(IPNetwork destination) =>
        destination.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? RouteFamily.IPv4 : RouteFamily.IPv6;
}
