using System.Net;
using System.Net.Sockets;

using Net.Linux.Sockets;

namespace Net.Linux;

/// <summary>Opens UDP and TCP sockets inside a namespace; they are used from anywhere afterwards, async too.</summary>
/// <remarks>
/// Bound by plain system calls: the Bind of <see cref="Socket"/> sets SO_REUSEADDR on UDP, and such a socket does not keep others off its
/// port. An IPv6 socket is IPv6 only, so that 0.0.0.0 and :: of one port can be held by two.
/// </remarks>
public static class NamespaceSockets
{
    /// <summary>A UDP socket that nobody else can share the port of.</summary>
    /// <param name="address">Where to bind; port 0 lets the kernel choose.</param>
    /// <param name="target">The network namespace; null for that of the calling thread.</param>
    /// <exception cref="LinuxException">AddressInUse: somebody has it. AddressNotAvailable: no link has the address. AccessDenied: a port
    /// below net.ipv4.ip_unprivileged_port_start.</exception>
    public static Socket BindUdp(IPEndPoint address, NetworkNamespace? target = null) =>
        Open(target, () => Bind(address, SocketType.Dgram, reuse: false));

    /// <summary>A listening TCP socket; it holds the port by listening, and can be bound again at once after a restart.</summary>
    /// <param name="address">Where to bind; port 0 lets the kernel choose.</param>
    /// <param name="backlog">How many connections may wait to be accepted.</param>
    /// <param name="target">The network namespace; null for that of the calling thread.</param>
    /// <exception cref="LinuxException">As for <see cref="BindUdp"/>.</exception>
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
