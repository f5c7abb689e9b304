using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>An option of a socket, as setsockopt(2) names it.</summary>
/// <param name="Level">SOL_* or IPPROTO_*: whose option it is.</param>
/// <param name="Name">The option's number at that level.</param>
public readonly record struct SocketOption(int Level, int Name)
{
    /// <summary>SO_REUSEADDR: a listener may bind while old connections of its port linger.</summary>
    public static SocketOption ReuseAddress => new(SOL_SOCKET, SO_REUSEADDR);

    /// <summary>SO_ERROR: the pending error, which is cleared by reading it.</summary>
    public static SocketOption PendingError => new(SOL_SOCKET, SO_ERROR);

    /// <summary>SO_SNDBUF: the send buffer in bytes, up to net.core.wmem_max.</summary>
    public static SocketOption SendBuffer => new(SOL_SOCKET, SO_SNDBUF);

    /// <summary>SO_SNDBUFFORCE: the send buffer in bytes, without limit; needs CAP_NET_ADMIN.</summary>
    public static SocketOption SendBufferForce => new(SOL_SOCKET, SO_SNDBUFFORCE);

    /// <summary>SO_RCVBUF: the receive buffer in bytes, up to net.core.rmem_max.</summary>
    public static SocketOption ReceiveBuffer => new(SOL_SOCKET, SO_RCVBUF);

    /// <summary>SO_RCVBUFFORCE: the receive buffer in bytes, without limit; needs CAP_NET_ADMIN.</summary>
    public static SocketOption ReceiveBufferForce => new(SOL_SOCKET, SO_RCVBUFFORCE);

    /// <summary>TCP_NODELAY: small segments are sent at once.</summary>
    public static SocketOption TcpNoDelay => new(IPPROTO_TCP, TCP_NODELAY);

    /// <summary>IPV6_V6ONLY: the socket leaves IPv4 to others.</summary>
    public static SocketOption IPv6Only => new(SOL_IPV6, IPV6_V6ONLY);

    /// <summary>IPV6_RECVPKTINFO: each datagram says to which address it was sent.</summary>
    public static SocketOption IPv6ReceivePacketInfo => new(SOL_IPV6, IPV6_RECVPKTINFO);

    /// <summary>An option of IPv4, SOL_IP; netfilter's are among them.</summary>
    public static SocketOption OfIPv4(int name) => new(SOL_IP, name);

    /// <summary>An option of IPv6, SOL_IPV6; netfilter's are among them.</summary>
    public static SocketOption OfIPv6(int name) => new(SOL_IPV6, name);

    /// <summary>An option of netlink, SOL_NETLINK: NETLINK_* in include/uapi/linux/netlink.h.</summary>
    public static SocketOption OfNetlink(int name) => new(SOL_NETLINK, name);
}
