namespace Net.Netlink.Conntrack;

/// <summary>The attributes of a conntrack message.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h, enum ctattr_type.</remarks>
public enum ConntrackAttribute : ushort
{
    /// <summary>CTA_TUPLE_ORIG: nested, as the first packet was.</summary>
    Original = 1,

    /// <summary>CTA_TUPLE_REPLY: nested, as the answer is expected.</summary>
    Reply = 2,

    /// <summary>CTA_ID: u32 in network order.</summary>
    Id = 12,

    /// <summary>CTA_ZONE: u16 in network order.</summary>
    Zone = 18,

    /// <summary>CTA_FILTER: nested, which parts of a dump's tuples count.</summary>
    Filter = 25,
}
