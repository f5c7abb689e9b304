namespace Net.Netlink.Conntrack;

/// <summary>The addresses of a tuple.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nfnetlink_conntrack.h, enum ctattr_ip.</remarks>
public enum ConntrackAddressAttribute : ushort
{
    /// <summary>CTA_IP_V4_SRC.</summary>
    IPv4Source = 1,

    /// <summary>CTA_IP_V4_DST.</summary>
    IPv4Destination = 2,

    /// <summary>CTA_IP_V6_SRC.</summary>
    IPv6Source = 3,

    /// <summary>CTA_IP_V6_DST.</summary>
    IPv6Destination = 4,
}
