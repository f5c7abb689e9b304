using System.Net;
using System.Net.Sockets;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Descriptors;
using Net.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace Net.Linux.Sockets;

/// <summary>A socket that keeps a port from other programs: listening (TCP, SCTP), or bound without SO_REUSEADDR (UDP). Never
/// waits.</summary>
/// <remarks>By plain system calls, since ten thousand of them may be open. Safe to use by one thread while another disposes of
/// it.</remarks>
public sealed class PortSocket : IDisposable
{
    private const int Backlog = 128;

    private readonly RawSocket _socket;

    private PortSocket(RawSocket socket) => _socket = socket;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle => _socket.Handle;

    /// <summary>Takes a port, in the network namespace of the calling thread.</summary>
    /// <param name="transport">The protocol.</param>
    /// <param name="address">The address and port.</param>
    /// <param name="dualStack">Whether a socket on [::] takes the port of all IPv4 addresses too.</param>
    /// <exception cref="LinuxException">AddressInUse: somebody has it. AddressNotAvailable: no link has the address. ProtocolNotSupported:
    /// this kernel does not have the protocol. ProcessFileLimit: no descriptors left.</exception>
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
                socket.SetOption(SocketOption.ReuseAddress, 1); // else connections that linger after a restart would be in the way
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

    /// <summary>Takes one connection that has come: accept4(2).</summary>
    /// <param name="connection">The connection, or null when there is none.</param>
    /// <returns>None; TryAgain: none is there. ProcessFileLimit, SystemFileLimit: one is there, and no descriptor for it.</returns>
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

    /// <summary>Takes one datagram that has come: recvmsg(2).</summary>
    /// <param name="buffer">Where it goes; what does not fit is cut.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="path">From where to where; null when the kernel did not say, as on a socket that is IPv4 only.</param>
    /// <returns>None; TryAgain: none is there.</returns>
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

    /// <summary>Sends one datagram back the way another came, from the very address that one was sent to: sendmsg(2).</summary>
    /// <returns>None, or the error; the datagram is lost then.</returns>
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

    /// <summary>Lets the port go.</summary>
    public void Dispose() => _socket.Dispose();
}
