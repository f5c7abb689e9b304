namespace Net.Netlink.Netfilter;

/// <summary>The protocol family of a netfilter object (nfgen_family).</summary>
/// <remarks>Source: include/uapi/linux/netfilter.h, NFPROTO_*.</remarks>
public enum NetfilterFamily : byte
{
    /// <summary>NFPROTO_UNSPEC: any.</summary>
    Unspecified = 0,

    /// <summary>NFPROTO_INET: IPv4 and IPv6 together.</summary>
    Inet = 1,

    /// <summary>NFPROTO_IPV4.</summary>
    IPv4 = 2,

    /// <summary>NFPROTO_ARP.</summary>
    Arp = 3,

    /// <summary>NFPROTO_NETDEV: ingress and egress of one link.</summary>
    NetDevice = 5,

    /// <summary>NFPROTO_BRIDGE.</summary>
    Bridge = 7,

    /// <summary>NFPROTO_IPV6.</summary>
    IPv6 = 10,
}
