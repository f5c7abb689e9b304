using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using Net.Linux.Interop;

namespace Net.Linux.Sockets;

/// <summary>A socket that keeps a port from other programs: listening (TCP, SCTP), or bound without SO_REUSEADDR (UDP). Never waits.</summary>
/// <remarks>By plain system calls, since ten thousand of them may be open. Safe to use by one thread while another disposes of it.</remarks>
public sealed class PortSocket : IDisposable
{
    private const int StreamType = 1;
    private const int DatagramType = 2;
    private const int SocketLevel = 1;
    private const int ReuseAddress = 2;
    private const int IPv6Level = 41;
    private const int IPv6Only = 26;
    private const int IPv6ReceivePacketInfo = 49;
    private const int Backlog = 128;

    private readonly RawSocket _socket;

    private PortSocket(RawSocket socket) => _socket = socket;

    /// <summary>The descriptor. Closed by <see cref="Dispose"/>.</summary>
    public SafeFileHandle Handle => _socket.Handle;

    /// <summary>Takes a port, in the network namespace of the calling thread.</summary>
    /// <param name="transport">The protocol.</param>
    /// <param name="address">The address and port.</param>
    /// <param name="dualStack">Whether a socket on [::] takes the port of all IPv4 addresses too.</param>
    /// <exception cref="LinuxException">AddressInUse: somebody has it. AddressNotAvailable: no link has the address. ProtocolNotSupported: this kernel
    /// does not have the protocol. ProcessFileLimit: no descriptors left.</exception>
    public static PortSocket Hold(Transport transport, IPEndPoint address, bool dualStack = false)
    {
        bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        bool listens = transport != Transport.Udp;
        int type = (listens ? StreamType : DatagramType) | Libc.SocketNonBlocking;
        RawSocket socket = RawSocket.Open(isIPv6 ? SocketAddresses.FamilyIPv6 : SocketAddresses.FamilyIPv4, type, (int)transport);
        try
        {
            if (listens)
            {
                socket.SetOption(SocketLevel, ReuseAddress, 1); // else connections that linger after a restart would be in the way
            }

            if (isIPv6)
            {
                socket.SetOption(IPv6Level, IPv6Only, dualStack ? 0 : 1);
                socket.SetOption(IPv6Level, IPv6ReceivePacketInfo, listens ? 0 : 1);
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
    public unsafe Errno Accept(out Socket? connection)
    {
        SafeFileHandle accepted = Libc.Accept(Handle, null, null, Libc.SocketCloseOnExec | Libc.SocketNonBlocking);
        if (accepted.IsInvalid)
        {
            connection = null;
            return (Errno)Marshal.GetLastPInvokeError();
        }

        nint descriptor = accepted.DangerousGetHandle();
        accepted.SetHandleAsInvalid();
        connection = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
        return Errno.None;
    }

    /// <summary>Takes one datagram that has come: recvmsg(2).</summary>
    /// <param name="buffer">Where it goes; what does not fit is cut.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="path">From where to where; null when the kernel did not say, as on a socket that is IPv4 only.</param>
    /// <returns>None; TryAgain: none is there.</returns>
    public unsafe Errno Receive(Span<byte> buffer, out int length, out DatagramPath? path)
    {
        const int controlLength = 128;
        byte* name = stackalloc byte[SocketAddresses.Length];
        byte* control = stackalloc byte[controlLength];
        fixed (byte* pointer = buffer)
        {
            var part = new Libc.IoVector { Base = pointer, Length = (nuint)buffer.Length };
            var header = new Libc.MessageHeader
            {
                Name = name,
                NameLength = SocketAddresses.Length,
                Vectors = &part,
                VectorCount = 1,
                Control = control,
                ControlLength = controlLength,
            };
            nint received = Libc.ReceiveMessage(Handle, &header, 0);
            length = (int)Math.Max(received, 0);
            path = received < 0
                ? null
                : PacketInfo.Path(new ReadOnlySpan<byte>(name, (int)header.NameLength), new ReadOnlySpan<byte>(control, (int)header.ControlLength));
            return received < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
        }
    }

    /// <summary>Sends one datagram back the way another came, from the very address that one was sent to: sendmsg(2).</summary>
    /// <returns>None, or the error; the datagram is lost then.</returns>
    public unsafe Errno Send(ReadOnlySpan<byte> datagram, DatagramPath path)
    {
        Span<byte> name = stackalloc byte[SocketAddresses.Length];
        Span<byte> control = stackalloc byte[PacketInfo.Length];
        int nameLength = SocketAddresses.Write(name, path.Peer, path.PeerPort);
        PacketInfo.Write(control, path.Local);
        fixed (byte* pointer = datagram, namePointer = name, controlPointer = control)
        {
            var part = new Libc.IoVector { Base = pointer, Length = (nuint)datagram.Length };
            var header = new Libc.MessageHeader
            {
                Name = namePointer,
                NameLength = (uint)nameLength,
                Vectors = &part,
                VectorCount = 1,
                Control = controlPointer,
                ControlLength = PacketInfo.Length,
            };
            return Libc.SendMessage(Handle, &header, 0) < 0 ? (Errno)Marshal.GetLastPInvokeError() : Errno.None;
        }
    }

    /// <summary>Lets the port go.</summary>
    public void Dispose() => _socket.Dispose();
}
