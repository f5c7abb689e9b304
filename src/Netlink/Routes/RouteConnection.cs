namespace Net.Netlink.Routes;

/// <summary>What a route connection does with routes in one call.</summary>
public static class RouteConnection
{
    /// <summary>The routes of the namespace.</summary>
    /// <param name="connection">A route connection.</param>
    /// <param name="family">Unspecified for both.</param>
    /// <param name="table">Only this table; null for all.</param>
    /// <param name="linkIndex">Only those that leave by this link; null for all.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<RouteMessage> DumpRoutes(
        this NetlinkConnection connection, RouteFamily family = RouteFamily.Unspecified, uint? table = null, int? linkIndex = null) =>
        connection.Dump(RouteRequests.Dump(family, table, linkIndex))
            .Select(static reply => RouteMessage.Decode(reply.Payload.Span))
            .Where(route => (table is null || route.Table == table) && (linkIndex is null || route.OutputInterfaceIndex == linkIndex))
            .ToList(); // kernels before 4.20 do not filter
}
