using System.Net.Sockets;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>An address family of sockets by its Linux number, AF_*: address_families(7). <see cref="AddressFamily"/> has numbers of its
/// own.</summary>
/// <param name="Number">The number.</param>
public readonly record struct SocketFamily(int Number)
{
    /// <summary>AF_INET.</summary>
    public static SocketFamily IPv4 => new(AF_INET);

    /// <summary>AF_INET6.</summary>
    public static SocketFamily IPv6 => new(AF_INET6);

    /// <summary>AF_UNIX.</summary>
    public static SocketFamily Unix => new(AF_UNIX);

    /// <summary>AF_NETLINK.</summary>
    public static SocketFamily Netlink => new(AF_NETLINK);

    /// <summary>The family of an IP address.</summary>
    public static SocketFamily Of(AddressFamily family) => family == AddressFamily.InterNetworkV6 ? IPv6 : IPv4;
}
