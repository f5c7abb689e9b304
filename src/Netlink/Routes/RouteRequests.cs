using System.Net;
using System.Net.Sockets;

namespace Net.Netlink.Routes;

/// <summary>Builds the requests about routes, to be executed alone or pipelined.</summary>
public static class RouteRequests
{
    /// <summary>Adds a route. Exists: there is one for that destination, metric and table. NetworkUnreachable: the gateway is not on any
    /// link.</summary>
    /// <param name="destination">The destination; 0.0.0.0/0 or ::/0 for the default route.</param>
    /// <param name="linkIndex">The index of the link that packets leave by; null for the link of the gateway.</param>
    /// <param name="gateway">The next hop; null when the destination is on the link.</param>
    /// <param name="metric">Lower wins; null is 0 for IPv4, 1024 for IPv6.</param>
    /// <param name="preferredSource">The source address of packets that this machine sends by the route.</param>
    /// <param name="table">Table number; 254 is main.</param>
    /// <param name="protocol">The origin of the route.</param>
    /// <param name="scope">Null: link for an IPv4 route without gateway, universe else.</param>
    /// <param name="onLink">Whether the gateway is on the link even where no address of the link says so (RTNH_F_ONLINK).</param>
    /// <param name="type">Unicast, or Blackhole, Unreachable, Prohibit.</param>
    /// <param name="replace">Whether to replace a route with the same destination, metric and table instead of failing.</param>
    public static NetlinkRequest Add(
        IPNetwork destination,
        int? linkIndex,
        IPAddress? gateway = null,
        uint? metric = null,
        IPAddress? preferredSource = null,
        uint table = RouteHeader.MainTable,
        RouteProtocol protocol = RouteProtocol.Boot,
        RouteScope? scope = null,
        bool onLink = false,
        RouteType type = RouteType.Unicast,
        bool replace = false)
    {
        RouteScope reach =
            scope ?? (gateway is null && type == RouteType.Unicast && IsV4(destination) ? RouteScope.Link : RouteScope.Universe);
        RouteMessage message =
            Make(destination, linkIndex, gateway, metric, table, protocol, reach, type, onLink ? RouteFlags.OnLink : RouteFlags.None);
        return new NetlinkRequest(
            (ushort)RouteMessageType.NewRoute,
            MessageFlags.Create | (replace ? MessageFlags.Replace : MessageFlags.Exclusive),
            message with { PreferredSource = preferredSource },
            $"add route to {destination}{(gateway is null ? "" : $" via {gateway}")}");
    }

    /// <summary>Deletes the route that matches every given value. NoProcess (ESRCH): there is none.</summary>
    public static NetlinkRequest Delete(
        IPNetwork destination,
        int? linkIndex = null,
        IPAddress? gateway = null,
        uint? metric = null,
        uint table = RouteHeader.MainTable,
        RouteProtocol protocol = RouteProtocol.Unspecified) => new(
            (ushort)RouteMessageType.DeleteRoute,
            MessageFlags.None,
            Make(destination, linkIndex, gateway, metric, table, protocol, RouteScope.Nowhere, RouteType.Unspecified, RouteFlags.None),
            $"delete route to {destination}");

    /// <summary>Deletes a route that was read.</summary>
    public static NetlinkRequest Delete(RouteMessage route) => new(
        (ushort)RouteMessageType.DeleteRoute,
        MessageFlags.None,
        route with { Unknown = [], Header = route.Header with { Flags = RouteFlags.None } },
        $"delete route to {route.Destination?.ToString() ?? "default"}/{route.Header.DestinationLength}");

    /// <summary>Requests the routes of a namespace.</summary>
    /// <param name="family">Unspecified for both.</param>
    /// <param name="table">Only this table; null for all.</param>
    /// <param name="linkIndex">Only those that leave by this link; null for all.</param>
    public static NetlinkRequest Dump(RouteFamily family = RouteFamily.Unspecified, uint? table = null, int? linkIndex = null) => new(
        (ushort)RouteMessageType.GetRoute,
        MessageFlags.None,
        new RouteMessage
        {
            Header = new RouteHeader(
                family, 0, 0, 0, 0, RouteProtocol.Unspecified, RouteScope.Universe, RouteType.Unspecified, RouteFlags.None),
            TableId = table,
            OutputInterfaceIndex = linkIndex,
        },
        "list routes");

    /// <summary>Requests the route that a packet would take. NetworkUnreachable or HostUnreachable: there is none.</summary>
    /// <param name="destination">Where the packet goes.</param>
    /// <param name="match">Whether to be answered with the route itself, its subnet and table, in place of what follows from it.</param>
    /// <remarks>The table of an IPv6 route is told in any case; a strict kernel refuses to be asked for it (EINVAL,
    /// inet6_rtm_valid_getroute_req in net/ipv6/route.c).</remarks>
    public static NetlinkRequest Lookup(IPAddress destination, bool match = false) => new(
        (ushort)RouteMessageType.GetRoute,
        MessageFlags.None,
        new RouteMessage
        {
            Header = new RouteHeader(
                destination.AddressFamily == AddressFamily.InterNetwork ? RouteFamily.IPv4 : RouteFamily.IPv6,
                (byte)(destination.AddressFamily == AddressFamily.InterNetwork ? 32 : 128),
                0,
                0,
                0,
                RouteProtocol.Unspecified,
                RouteScope.Universe,
                RouteType.Unspecified,
                !match ? RouteFlags.None
                    : destination.AddressFamily == AddressFamily.InterNetwork ? RouteFlags.FibMatch | RouteFlags.LookupTable
                    : RouteFlags.FibMatch),
            Destination = destination,
        },
        $"look up the route to {destination}");

    private static bool IsV4(IPNetwork network) => network.BaseAddress.AddressFamily == AddressFamily.InterNetwork;

    private static RouteMessage Make(
        IPNetwork destination,
        int? linkIndex,
        IPAddress? gateway,
        uint? metric,
        uint table,
        RouteProtocol protocol,
        RouteScope scope,
        RouteType type,
        RouteFlags flags) => new()
        {
            Header = new RouteHeader(
                IsV4(destination) ? RouteFamily.IPv4 : RouteFamily.IPv6,
                (byte)destination.PrefixLength,
                0,
                0,
                table > byte.MaxValue ? (byte)0 : (byte)table,
                protocol,
                scope,
                type,
                flags),
            Destination = destination.PrefixLength == 0 ? null : destination.BaseAddress,
            Gateway = gateway,
            OutputInterfaceIndex = linkIndex,
            Metric = metric,
            TableId = table > byte.MaxValue ? table : null,
        };
}
