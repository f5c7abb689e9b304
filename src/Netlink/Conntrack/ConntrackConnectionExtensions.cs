namespace Net.Netlink.Conntrack;

/// <summary>Extension methods of a NETLINK_NETFILTER connection that read tracked connections.</summary>
public static class ConntrackConnectionExtensions
{
    /// <summary>The tracked connections of the namespace that match a filter; the whole family where the kernel does not filter.</summary>
    /// <exception cref="NetlinkException">The kernel refused; NotSupported or InvalidArgument where it has no ctnetlink.</exception>
    public static IReadOnlyList<ConntrackMessage> DumpConntrack(this NetlinkConnection connection, ConntrackFilter filter) =>
        connection.Dump(ConntrackRequests.Dump(filter)).Select(static reply => ConntrackMessage.Decode(reply.Payload.Span)).ToList();

    /// <summary>How many connections are tracked in the namespace; null where the kernel does not say. It takes the kernel no walk through
    /// its table.</summary>
    public static long? CountConntrack(this NetlinkConnection connection)
    {
        try
        {
            return connection.Execute(ConntrackRequests.Count()) is [{ } reply, ..]
                ? ConntrackStatistics.Decode(reply.Payload.Span).Entries
                : null;
        }
        catch (Exception error) when (error is NetlinkException or NetlinkFormatException)
        {
            return null;
        }
    }
}
