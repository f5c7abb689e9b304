namespace Net.Netlink;

/// <summary>The part of the kernel that a netlink socket is connected to.</summary>
/// <remarks>Source: include/uapi/linux/netlink.h.</remarks>
public enum NetlinkProtocol
{
    /// <summary>NETLINK_ROUTE: links, addresses, routes, neighbours.</summary>
    Route = 0,

    /// <summary>NETLINK_NETFILTER: nf_tables, conntrack.</summary>
    Netfilter = 12,
}
