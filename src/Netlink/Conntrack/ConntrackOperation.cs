namespace Net.Netlink.Conntrack;

/// <summary>The lower byte of a conntrack message's type.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h, enum cntl_msg_types.</remarks>
public enum ConntrackOperation : byte
{
    /// <summary>IPCTNL_MSG_CT_NEW: a new connection; also the type of a dump's replies.</summary>
    New = 0,

    /// <summary>IPCTNL_MSG_CT_GET.</summary>
    Get = 1,

    /// <summary>IPCTNL_MSG_CT_DELETE.</summary>
    Delete = 2,

    /// <summary>IPCTNL_MSG_CT_GET_STATS: the counters of the namespace; also the type of the reply.</summary>
    GetStatistics = 5,
}
