namespace Net.Netlink.Conntrack;

/// <summary>The attributes of a reply to <see cref="ConntrackOperation.GetStatistics"/>.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h, enum ctattr_stats_global.</remarks>
public enum ConntrackStatisticsAttribute : ushort
{
    /// <summary>CTA_STATS_GLOBAL_ENTRIES: how many connections are tracked in the namespace; u32 in network order.</summary>
    Entries = 1,
}
