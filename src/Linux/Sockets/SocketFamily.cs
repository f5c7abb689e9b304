using System.Net.Sockets;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>An address family of sockets by its Linux number, AF_*: address_families(7). The values of <see cref="AddressFamily"/> are
/// different numbers.</summary>
/// <param name="Number">The value of AF_*.</param>
public readonly record struct SocketFamily(int Number)
{
    /// <summary>AF_INET: ip(7).</summary>
    public static SocketFamily IPv4 => new(AF_INET);

    /// <summary>AF_INET6: ipv6(7).</summary>
    public static SocketFamily IPv6 => new(AF_INET6);

    /// <summary>AF_UNIX: unix(7).</summary>
    public static SocketFamily Unix => new(AF_UNIX);

    /// <summary>AF_NETLINK: netlink(7).</summary>
    public static SocketFamily Netlink => new(AF_NETLINK);

    /// <summary>AF_PACKET: packet(7).</summary>
    public static SocketFamily Packet => new(AF_PACKET);

    /// <summary>The Linux family of an IP address: IPv6 for InterNetworkV6, otherwise IPv4.</summary>
    public static SocketFamily Of(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? IPv6 : IPv4;
}
