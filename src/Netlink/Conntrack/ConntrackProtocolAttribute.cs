namespace Net.Netlink.Conntrack;

/// <summary>The protocol and ports of a tuple.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h, enum ctattr_l4proto.</remarks>
public enum ConntrackProtocolAttribute : ushort
{
    /// <summary>CTA_PROTO_NUM: u8, IPPROTO_*.</summary>
    Number = 1,

    /// <summary>CTA_PROTO_SRC_PORT: u16 in network order.</summary>
    SourcePort = 2,

    /// <summary>CTA_PROTO_DST_PORT: u16 in network order.</summary>
    DestinationPort = 3,
}
