namespace Net.Netlink;

/// <summary>The multicast groups of NETLINK_ROUTE events.</summary>
/// <remarks>Source: include/uapi/linux/rtnetlink.h, enum rtnetlink_groups.</remarks>
public enum RouteGroup
{
    /// <summary>RTNLGRP_LINK.</summary>
    Link = 1,

    /// <summary>RTNLGRP_NEIGH.</summary>
    Neighbour = 3,

    /// <summary>RTNLGRP_IPV4_IFADDR.</summary>
    IPv4Address = 5,

    /// <summary>RTNLGRP_IPV4_ROUTE.</summary>
    IPv4Route = 7,

    /// <summary>RTNLGRP_IPV6_IFADDR.</summary>
    IPv6Address = 9,

    /// <summary>RTNLGRP_IPV6_ROUTE.</summary>
    IPv6Route = 11,

    /// <summary>RTNLGRP_IPV4_NETCONF.</summary>
    IPv4Netconf = 24,

    /// <summary>RTNLGRP_IPV6_NETCONF.</summary>
    IPv6Netconf = 25,
}
