namespace Net.Netlink;

/// <summary>The events that one call of <see cref="NetlinkSubscription.Receive"/> returned.</summary>
/// <param name="Messages">The events, oldest first; empty when the time ran out.</param>
/// <param name="WereLost">Whether events were lost because they came faster than they were received: the caller must read the whole state
/// again.</param>
public readonly record struct NetlinkEvents(IReadOnlyList<NetlinkReply> Messages, bool WereLost);
