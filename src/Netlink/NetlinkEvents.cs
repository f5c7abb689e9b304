namespace Net.Netlink;

/// <summary>What a subscription brought.</summary>
/// <param name="Messages">The events, oldest first; none when the time was over.</param>
/// <param name="WereLost">Events came faster than they were taken: read the whole state again.</param>
public readonly record struct NetlinkEvents(IReadOnlyList<NetlinkReply> Messages, bool WereLost);
