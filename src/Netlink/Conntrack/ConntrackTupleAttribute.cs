namespace Net.Netlink.Conntrack;

/// <summary>The attributes inside a tuple.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h, enum ctattr_tuple.</remarks>
public enum ConntrackTupleAttribute : ushort
{
    /// <summary>CTA_TUPLE_IP: nested addresses.</summary>
    Addresses = 1,

    /// <summary>CTA_TUPLE_PROTO: nested protocol and ports.</summary>
    Protocol = 2,
}
