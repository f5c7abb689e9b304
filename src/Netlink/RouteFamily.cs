namespace Net.Netlink;

/// <summary>The address family of a link, address, route or neighbour message.</summary>
/// <remarks>Source: include/linux/socket.h, AF_*.</remarks>
public enum RouteFamily : byte
{
    /// <summary>AF_UNSPEC: any.</summary>
    Unspecified = 0,

    /// <summary>AF_INET.</summary>
    IPv4 = 2,

    /// <summary>AF_BRIDGE: bridge ports and their forwarding table.</summary>
    Bridge = 7,

    /// <summary>AF_INET6.</summary>
    IPv6 = 10,
}
