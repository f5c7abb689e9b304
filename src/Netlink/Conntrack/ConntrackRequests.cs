using Net.Netlink.Netfilter;

namespace Net.Netlink.Conntrack;

/// <summary>Builds the requests about tracked connections, to be executed alone or pipelined.</summary>
public static class ConntrackRequests
{
    /// <summary>Requests the tracked connections that match a filter.</summary>
    public static NetlinkRequest Dump(ConntrackFilter filter) => new(
        NetfilterRequests.Type(NetfilterSubsystem.Conntrack, (byte)ConntrackOperation.Get),
        MessageFlags.None,
        filter,
        "list tracked connections");

    /// <summary>Requests the number of tracked connections of the namespace.</summary>
    public static NetlinkRequest Count() => new(
        NetfilterRequests.Type(NetfilterSubsystem.Conntrack, (byte)ConntrackOperation.GetStatistics),
        MessageFlags.None,
        new ConntrackStatistics(),
        "count the tracked connections");

    /// <summary>Deletes a tracked connection that a dump returned. NoEntry: it has ended, or another one between the same two addresses has
    /// taken its place.</summary>
    public static NetlinkRequest Delete(ConntrackMessage connection) => new(
        NetfilterRequests.Type(NetfilterSubsystem.Conntrack, (byte)ConntrackOperation.Delete),
        MessageFlags.None,
        new ConntrackMessage
        {
            Header = new NetfilterHeader(connection.Header.Family),
            Original = connection.Original,
            Id = connection.Id,
            Zone = connection.Zone,
        },
        $"forget the tracked connection from {connection.Original?.Source} port {connection.Original?.SourcePort}");
}
