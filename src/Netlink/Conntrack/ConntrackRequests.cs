using Net.Netlink.Netfilter;

namespace Net.Netlink.Conntrack;

/// <summary>Makes the requests about tracked connections; they can be executed alone or pipelined.</summary>
public static class ConntrackRequests
{
    /// <summary>Asks for tracked connections.</summary>
    public static NetlinkRequest Dump(ConntrackFilter filter) => new(
        NetfilterRequests.Type(NetfilterSubsystem.Conntrack, (byte)ConntrackOperation.Get),
        MessageFlags.None,
        filter,
        "list tracked connections");

    /// <summary>Forgets a connection that a dump brought. NoEntry: it is gone, or another one between the same two has come.</summary>
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
