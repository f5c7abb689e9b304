using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>An option of a socket, as setsockopt(2) names it.</summary>
/// <param name="Level">The protocol level of the option: SOL_* or IPPROTO_*.</param>
/// <param name="Name">The option's number at that level.</param>
public readonly record struct SocketOption(int Level, int Name)
{
    /// <summary>SO_REUSEADDR: a TCP socket may bind its port while old connections of that port are in TIME_WAIT.</summary>
    public static SocketOption ReuseAddress => new(SOL_SOCKET, SO_REUSEADDR);

    /// <summary>SO_ERROR: the pending error; reading it clears it.</summary>
    public static SocketOption PendingError => new(SOL_SOCKET, SO_ERROR);

    /// <summary>SO_SNDBUF: the size of the send buffer in bytes, limited by net.core.wmem_max.</summary>
    public static SocketOption SendBuffer => new(SOL_SOCKET, SO_SNDBUF);

    /// <summary>SO_SNDBUFFORCE: the size of the send buffer in bytes, without that limit; needs CAP_NET_ADMIN.</summary>
    public static SocketOption SendBufferForce => new(SOL_SOCKET, SO_SNDBUFFORCE);

    /// <summary>SO_RCVBUF: the size of the receive buffer in bytes, limited by net.core.rmem_max.</summary>
    public static SocketOption ReceiveBuffer => new(SOL_SOCKET, SO_RCVBUF);

    /// <summary>SO_RCVBUFFORCE: the size of the receive buffer in bytes, without that limit; needs CAP_NET_ADMIN.</summary>
    public static SocketOption ReceiveBufferForce => new(SOL_SOCKET, SO_RCVBUFFORCE);

    /// <summary>SO_NETNS_COOKIE, since Linux 5.14: a number of 64 bits that no other network namespace has had since the boot.</summary>
    public static SocketOption NamespaceCookie => new(SOL_SOCKET, 71); // include/uapi/asm-generic/socket.h

    /// <summary>TCP_NODELAY: small segments are sent at once (no Nagle algorithm).</summary>
    public static SocketOption TcpNoDelay => new(IPPROTO_TCP, TCP_NODELAY);

    /// <summary>IPV6_V6ONLY: the socket handles IPv6 only, so that another socket can bind the same port for IPv4.</summary>
    public static SocketOption IPv6Only => new(SOL_IPV6, IPV6_V6ONLY);

    /// <summary>IPV6_RECVPKTINFO: each received datagram carries its destination address in an IPV6_PKTINFO control message.</summary>
    public static SocketOption IPv6ReceivePacketInfo => new(SOL_IPV6, IPV6_RECVPKTINFO);

    /// <summary>An option of level SOL_IP, by its number; netfilter's options are of this level too.</summary>
    public static SocketOption OfIPv4(int name) => new(SOL_IP, name);

    /// <summary>An option of level SOL_IPV6, by its number; netfilter's options are of this level too.</summary>
    public static SocketOption OfIPv6(int name) => new(SOL_IPV6, name);

    /// <summary>An option of level SOL_NETLINK, by its number: NETLINK_* in include/uapi/linux/netlink.h.</summary>
    public static SocketOption OfNetlink(int name) => new(SOL_NETLINK, name);
}
