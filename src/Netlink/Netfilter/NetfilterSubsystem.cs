namespace Net.Netlink.Netfilter;

/// <summary>The upper byte of a netfilter message type.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink.h.</remarks>
public enum NetfilterSubsystem : byte
{
    /// <summary>NFNL_SUBSYS_NONE: batch begin and end.</summary>
    None = 0,

    /// <summary>NFNL_SUBSYS_CTNETLINK: connection tracking.</summary>
    Conntrack = 1,

    /// <summary>NFNL_SUBSYS_NFTABLES: nf_tables.</summary>
    Nftables = 10,
}
