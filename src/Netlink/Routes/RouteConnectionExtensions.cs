namespace Net.Netlink.Routes;

/// <summary>Extension methods of a NETLINK_ROUTE connection that execute route requests and decode the replies.</summary>
public static class RouteConnectionExtensions
{
    /// <summary>The routes of the namespace, without attributes that this version does not know.</summary>
    /// <param name="connection">A route connection.</param>
    /// <param name="family">Unspecified for both.</param>
    /// <param name="table">Only this table; null for all.</param>
    /// <param name="linkIndex">Only those that leave by this link; null for all.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<RouteMessage> DumpRoutes(
        this NetlinkConnection connection, RouteFamily family = RouteFamily.Unspecified, uint? table = null, int? linkIndex = null) =>
        connection.Dump(RouteRequests.Dump(family, table, linkIndex), RouteMessage.DecodeKnown)
            .Where(route => (table is null || route.Table == table) && (linkIndex is null || route.OutputInterfaceIndex == linkIndex))
            .ToList(); // kernels before 4.20 do not filter
}
