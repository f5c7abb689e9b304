namespace Net.Netlink.Conntrack;

/// <summary>The attributes of a conntrack message.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h, enum ctattr_type.</remarks>
public enum ConntrackAttribute : ushort
{
    /// <summary>CTA_TUPLE_ORIG: nested, the direction of the first packet.</summary>
    Original = 1,

    /// <summary>CTA_TUPLE_REPLY: nested, the direction of the replies.</summary>
    Reply = 2,

    /// <summary>CTA_ID: u32 in network order.</summary>
    Id = 12,

    /// <summary>CTA_ZONE: u16 in network order.</summary>
    Zone = 18,

    /// <summary>CTA_FILTER: nested, which parts of the tuples a dump compares.</summary>
    Filter = 25,
}
