namespace Net.Netlink.Neighbours;

/// <summary>Extension methods of a NETLINK_ROUTE connection that execute neighbour requests and decode the replies.</summary>
public static class NeighbourConnectionExtensions
{
    /// <summary>The neighbours of the namespace, without attributes that this version does not know.</summary>
    /// <param name="connection">A route connection.</param>
    /// <param name="family">Unspecified for both.</param>
    /// <param name="linkIndex">Only those on one link; null for all.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NeighbourMessage> DumpNeighbours(
        this NetlinkConnection connection, RouteFamily family = RouteFamily.Unspecified, int? linkIndex = null) =>
        connection.Dump(NeighbourRequests.Dump(family, linkIndex), NeighbourMessage.DecodeKnown)
            .Where(neighbour => linkIndex is null || neighbour.Header.LinkIndex == linkIndex)
            .ToList();

    /// <summary>The tables of neighbours, and the settings of each link for them.</summary>
    /// <param name="connection">A route connection.</param>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static IReadOnlyList<NeighbourTableMessage> DumpNeighbourTables(this NetlinkConnection connection) =>
        connection.Dump(NeighbourRequests.DumpTables()).Select(static reply => NeighbourTableMessage.Decode(reply.Payload.Span)).ToList();
}
