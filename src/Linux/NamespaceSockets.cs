using System.Net;
using System.Net.Sockets;

using Net.Linux.Sockets;

namespace Net.Linux;

/// <summary>Opens UDP and TCP sockets inside a network namespace as managed <see cref="Socket"/> objects, which any thread may use
/// afterwards, asynchronously too.</summary>
/// <remarks>
/// The sockets are bound by plain system calls: the Bind of <see cref="Socket"/> sets SO_REUSEADDR on UDP sockets, and such a socket does
/// not keep others from binding its port. IPv6 sockets are IPv6 only, so that one socket can hold a port on 0.0.0.0 and another the same
/// port on [::].
/// </remarks>
public static class NamespaceSockets
{
    /// <summary>Opens a UDP socket whose port no other socket can share.</summary>
    /// <param name="address">The local address and port; port 0 lets the kernel choose a port.</param>
    /// <param name="target">The network namespace; null means that of the calling thread.</param>
    /// <exception cref="LinuxException">AddressInUse: another socket has the port. AddressNotAvailable: no link has the address.
    /// AccessDenied: the port is below net.ipv4.ip_unprivileged_port_start and CAP_NET_BIND_SERVICE is missing.</exception>
    public static Socket BindUdp(IPEndPoint address, NetworkNamespace? target = null) =>
        Open(target, () => Bind(address, SocketType.Dgram, reuse: false));

    /// <summary>Opens a listening TCP socket. SO_REUSEADDR is set, so that the port can be bound again at once after a restart; other
    /// sockets cannot take it while this one listens.</summary>
    /// <param name="address">The local address and port; port 0 lets the kernel choose a port.</param>
    /// <param name="backlog">The number of connections that may wait to be accepted: listen(2).</param>
    /// <param name="target">The network namespace; null means that of the calling thread.</param>
    /// <exception cref="LinuxException">The errors of <see cref="BindUdp"/>.</exception>
    public static Socket ListenTcp(IPEndPoint address, int backlog = 128, NetworkNamespace? target = null) => Open(target, () =>
    {
        RawSocket socket = Bind(address, SocketType.Stream, reuse: true);
        try
        {
            socket.Listen(backlog);
            return socket;
        }
        catch (LinuxException error)
        {
            socket.Dispose();
            throw new LinuxException($"listen on TCP {address}", error.Errno);
        }
    });

    private static Socket Open(NetworkNamespace? target, Func<RawSocket> open)
    {
        RawSocket socket = target is null ? open() : target.Run(open);
        return new Socket(new SafeSocketHandle(socket.Detach(), ownsHandle: true));
    }

    private static RawSocket Bind(IPEndPoint address, SocketType type, bool reuse)
    {
        RawSocket socket = RawSocket.Open(SocketFamily.Of(address.AddressFamily), type, 0);
        try
        {
            if (reuse)
            {
                socket.SetOption(SocketOption.ReuseAddress, 1);
            }

            if (address.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.SetOption(SocketOption.IPv6Only, 1);
            }

            SocketAddress bytes = address.Serialize();
            socket.Bind(bytes.Buffer.Span[..bytes.Size]);
            return socket;
        }
        catch (LinuxException error)
        {
            socket.Dispose();
            throw new LinuxException($"bind {(type == SocketType.Stream ? "TCP" : "UDP")} {address}", error.Errno);
        }
    }
}
