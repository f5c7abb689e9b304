namespace Net.Netlink.Conntrack;

/// <summary>What a netfilter connection does with tracked connections in one call.</summary>
public static class ConntrackConnection
{
    /// <summary>The tracked connections of the namespace that a filter lets through; all of the family where the kernel does not
    /// filter.</summary>
    /// <exception cref="NetlinkException">The kernel refused; NotSupported or InvalidArgument where it has no ctnetlink.</exception>
    public static IReadOnlyList<ConntrackMessage> DumpConntrack(this NetlinkConnection connection, ConntrackFilter filter) =>
        connection.Dump(ConntrackRequests.Dump(filter)).Select(static reply => ConntrackMessage.Decode(reply.Payload.Span)).ToList();
}
