using System.Net;
using System.Net.Sockets;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>A non-blocking socket that keeps a port from other programs: it listens (TCP, SCTP), or is bound without SO_REUSEADDR
/// (UDP).</summary>
/// <remarks>Uses plain system calls instead of <see cref="Socket"/>, since ten thousand may be open at once. One thread may use a socket
/// while another disposes of it.</remarks>
public sealed class PortSocket : IDisposable
{
    private const int Backlog = 128;

    private readonly RawSocket _socket;

    private PortSocket(RawSocket socket) => _socket = socket;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle => _socket.Handle;

    /// <summary>Opens a socket that holds a port in the network namespace of the calling thread: bind(2), listen(2).</summary>
    /// <param name="transport">The transport protocol.</param>
    /// <param name="address">The local address and port.</param>
    /// <param name="dualStack">Whether a socket on [::] holds the port of all IPv4 addresses too.</param>
    /// <exception cref="LinuxException">AddressInUse: another socket has the port. AddressNotAvailable: no link has the address.
    /// AccessDenied: the port is privileged. ProtocolNotSupported: this kernel lacks the protocol. ProcessFileLimit, SystemFileLimit: no
    /// descriptors are left.</exception>
    public static PortSocket Hold(Transport transport, IPEndPoint address, bool dualStack = false)
    {
        bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        bool listens = transport != Transport.Udp;
        SocketType type = listens ? SocketType.Stream : SocketType.Dgram;
        RawSocket socket = RawSocket.Open(SocketFamily.Of(address.AddressFamily), type, (int)transport, blocks: false);
        try
        {
            if (listens)
            {
                socket.SetOption(SocketOption.ReuseAddress, 1); // lingering connections would otherwise prevent the bind after a restart
            }

            if (isIPv6)
            {
                socket.SetOption(SocketOption.IPv6Only, dualStack ? 0 : 1);
                socket.SetOption(SocketOption.IPv6ReceivePacketInfo, listens ? 0 : 1);
            }

            Span<byte> bytes = stackalloc byte[SocketAddresses.Length];
            socket.Bind(bytes[..SocketAddresses.Write(bytes, address.Address, (ushort)address.Port)]);
            if (listens)
            {
                socket.Listen(Backlog);
            }

            return new PortSocket(socket);
        }
        catch (LinuxException error)
        {
            socket.Dispose();
            throw new LinuxException($"hold {transport} {address}", error.Errno);
        }
    }

    /// <summary>Accepts one pending connection: accept4(2).</summary>
    /// <param name="connection">The accepted connection, or null on an error.</param>
    /// <returns>None, or the error. TryAgain: no connection is pending. ProcessFileLimit, SystemFileLimit: a connection is pending, but no
    /// descriptors are left.</returns>
    public Errno Accept(out Socket? connection)
    {
        connection = null;
        Errno errno = Descriptor.Accept(Handle, out SafeFileHandle? accepted);
        if (accepted is not null)
        {
            nint descriptor = accepted.DangerousGetHandle();
            accepted.SetHandleAsInvalid();
            connection = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
        }

        return errno;
    }

    /// <summary>Receives one pending datagram: recvmsg(2).</summary>
    /// <param name="buffer">Receives the datagram; a datagram longer than the buffer is truncated.</param>
    /// <param name="length">The number of bytes received.</param>
    /// <param name="path">The sender and the destination of the datagram; null when the kernel did not report them, as for an IPv4
    /// socket.</param>
    /// <returns>None, or the error. TryAgain: no datagram is pending.</returns>
    public unsafe Errno Receive(Span<byte> buffer, out int length, out DatagramPath? path)
    {
        const int controlLength = 128;
        using DescriptorLease descriptor = Handle.Lease();
        byte* name = stackalloc byte[SocketAddresses.Length];
        byte* control = stackalloc byte[controlLength];
        fixed (byte* pointer = buffer)
        {
            var part = new iovec { iov_base = pointer, iov_len = buffer.Length };
            var header = new msghdr
            {
                msg_name = name,
                msg_namelen = SocketAddresses.Length,
                msg_iov = &part,
                msg_iovlen = 1,
                msg_control = control,
                msg_controllen = controlLength,
            };
            long received = recvmsg(descriptor, &header, 0);
            length = (int)Math.Max(received, 0);
            path = received < 0
                ? null
                : PacketInfo.Path(
                    new ReadOnlySpan<byte>(name, (int)header.msg_namelen), new ReadOnlySpan<byte>(control, (int)header.msg_controllen));
            return received < 0 ? Errno.Last : Errno.None;
        }
    }

    /// <summary>Sends a response to a received datagram, from the local address that the datagram was sent to: sendmsg(2).</summary>
    /// <param name="datagram">The bytes of the response.</param>
    /// <param name="path">The addresses of the received datagram.</param>
    /// <returns>None, or the error, in which case the datagram is lost.</returns>
    public unsafe Errno Send(ReadOnlySpan<byte> datagram, DatagramPath path)
    {
        using DescriptorLease descriptor = Handle.Lease();
        Span<byte> name = stackalloc byte[SocketAddresses.Length];
        Span<byte> control = stackalloc byte[PacketInfo.Length];
        int nameLength = SocketAddresses.Write(name, path.Peer, path.PeerPort);
        PacketInfo.Write(control, path.Local);
        fixed (byte* pointer = datagram, namePointer = name, controlPointer = control)
        {
            var part = new iovec { iov_base = pointer, iov_len = datagram.Length };
            var header = new msghdr
            {
                msg_name = namePointer,
                msg_namelen = nameLength,
                msg_iov = &part,
                msg_iovlen = 1,
                msg_control = controlPointer,
                msg_controllen = PacketInfo.Length,
            };
            return sendmsg(descriptor, &header, 0) < 0 ? Errno.Last : Errno.None;
        }
    }

    /// <summary>Closes the socket and so releases the port.</summary>
    public void Dispose() => _socket.Dispose();
}

/// <summary>The addresses of a received datagram, which its response uses in the opposite direction.</summary>
/// <param name="Peer">The address of the sender. The scope of a link-local address, here and of <paramref name="Local"/>, is the index of
/// the link that the datagram came in by.</param>
/// <param name="PeerPort">The port of the sender.</param>
/// <param name="Local">The local address that the datagram was sent to.</param>
public readonly record struct DatagramPath(IPAddress Peer, ushort PeerPort, IPAddress Local);
