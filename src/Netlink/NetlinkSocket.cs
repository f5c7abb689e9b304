using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

using Net.Linux;
using Net.Linux.Sockets;

namespace Net.Netlink;

/// <summary>The socket under a connection or a subscription: it sets the options, receives whole datagrams, and drops those that are not
/// from the kernel.</summary>
internal sealed class NetlinkSocket : IDisposable
{
    // NETLINK_* options, include/uapi/linux/netlink.h.
    private const int OptionAddMembership = 1;
    private const int OptionListenAllNamespaces = 8;
    private const int OptionCapAcknowledge = 10;
    private const int OptionExtendedAcknowledge = 11;
    private const int OptionStrictCheck = 12;
    private const int DefaultReceiveBuffer = 4 << 20;

    private readonly RawSocket _socket;
    private readonly NetlinkProtocol _protocol;
    private int _longestDatagram = 64 << 10;
    private int _sendBuffer = 128 << 10;
    private bool _hearsAll;

    private NetlinkSocket(RawSocket socket, NetlinkProtocol protocol)
    {
        _socket = socket;
        _protocol = protocol;
    }

    /// <summary>The number of the namespace that the datagram received last is from, as the socket's namespace numbers it; null for its own
    /// one.</summary>
    internal int? NamespaceId { get; private set; }

    /// <summary>The socket's descriptor.</summary>
    internal SafeHandle Handle => _socket.Handle;

    /// <summary>Opens and binds in the namespace of the calling thread.</summary>
    internal static NetlinkSocket Open(NetlinkProtocol protocol)
    {
        RawSocket socket = RawSocket.Open(SocketFamily.Netlink, SocketType.Raw, (int)protocol);
        try
        {
            Span<byte> address = stackalloc byte[12];
            address.Clear();
            MemoryMarshal.Write(address, (ushort)SocketFamily.Netlink.Number);
            socket.Bind(address);
            socket.SetOption(SocketOption.OfNetlink(OptionExtendedAcknowledge), 1);
            socket.SetOption(SocketOption.OfNetlink(OptionCapAcknowledge), 1);
            if (protocol == NetlinkProtocol.Route)
            {
                socket.SetOption(SocketOption.OfNetlink(OptionStrictCheck), 1);
            }

            Enlarge(socket, SocketOption.ReceiveBufferForce, SocketOption.ReceiveBuffer, DefaultReceiveBuffer);
            return new NetlinkSocket(socket, protocol);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Joins a multicast group of events.</summary>
    internal void Join(int group)
    {
        Errno errno = _socket.SetOption(SocketOption.OfNetlink(OptionAddMembership), group);
        if (errno != Errno.None)
        {
            throw new NetlinkException($"subscribe to {_protocol} events of group {group}", errno);
        }
    }

    /// <summary>Has events of all namespaces come that this one has a number for, where that is possible: NETLINK_LISTEN_ALL_NSID, since
    /// kernel 4.2, with CAP_NET_BROADCAST.</summary>
    internal void HearAll() =>
        _hearsAll = _socket.SetOption(SocketOption.OfNetlink(OptionListenAllNamespaces), 1) == Errno.None;

    /// <summary>Sends bytes that are one or more whole messages.</summary>
    internal void Send(ReadOnlySpan<byte> messages, string operation)
    {
        if (messages.Length > _sendBuffer - 1024)
        {
            _sendBuffer = messages.Length + (64 << 10);
            Enlarge(_socket, SocketOption.SendBufferForce, SocketOption.SendBuffer, _sendBuffer);
        }

        Errno errno = _socket.Send(messages);
        if (errno != Errno.None)
        {
            throw new NetlinkException(operation, errno);
        }
    }

    /// <summary>Receives one datagram and hands each message in it to <paramref name="sink"/>.</summary>
    /// <returns><see cref="ReceiveOutcome.Nothing"/> is returned only when <paramref name="wait"/> is false;
    /// <see cref="ReceiveOutcome.Lost"/> also for a datagram that was longer than the buffer, which then has room for the next of that
    /// length.</returns>
    /// <remarks>No datagram of a dump is longer than 32 KiB (netlink_recvmsg in net/netlink/af_netlink.c), so that there is room for each,
    /// and one system call receives it.</remarks>
    internal ReceiveOutcome Receive(IMessageSink sink, bool wait)
    {
        // Not held in between: a comparison has a connection to each namespace.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(_longestDatagram);
        try
        {
            return Receive(sink, wait, buffer);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ReceiveOutcome Receive(IMessageSink sink, bool wait, byte[] buffer)
    {
        Span<byte> sender = stackalloc byte[12];
        ReceiveFlags flags = ReceiveFlags.FullLength | (wait ? ReceiveFlags.None : ReceiveFlags.DoNotWait);
        while (true)
        {
            Errno errno = Receive(buffer, flags, sender, out int length);
            if (errno == Errno.NoBuffers)
            {
                return ReceiveOutcome.Lost;
            }

            if (errno == Errno.TryAgain && !wait)
            {
                return ReceiveOutcome.Nothing;
            }

            if (errno != Errno.None)
            {
                throw new NetlinkException("receive from the kernel", errno);
            }

            if (MemoryMarshal.Read<uint>(sender[4..]) != 0)
            {
                continue; // nl_pid is not 0: another process sent it, not the kernel
            }

            if (length > buffer.Length)
            {
                _longestDatagram = length;
                return ReceiveOutcome.Lost;
            }

            MessageParser.Parse(buffer.AsSpan(0, length), sink);
            return ReceiveOutcome.Received;
        }
    }

    private Errno Receive(byte[] buffer, ReceiveFlags flags, Span<byte> sender, out int length)
    {
        if (!_hearsAll)
        {
            return _socket.Receive(buffer, flags, sender, out length);
        }

        // struct cmsghdr: length as a size_t, level and type as ints; then the number, padded.
        Span<byte> control = stackalloc byte[24];
        Errno errno = _socket.Receive(buffer, flags, sender, control, out length, out int controlLength);
        int? number = controlLength >= 20 && MemoryMarshal.Read<int>(control[12..]) == OptionListenAllNamespaces
            ? MemoryMarshal.Read<int>(control[16..])
            : null;
        NamespaceId = number >= 0 ? number : null; // kernels before 6.12 may say -1 of the socket's own
        return errno;
    }

    /// <summary>Waits until something can be received.</summary>
    internal bool WaitReadable(TimeSpan? timeout) => _socket.WaitReadable(timeout);

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static void Enlarge(RawSocket socket, SocketOption force, SocketOption plain, int size)
    {
        if (socket.SetOption(force, size) != Errno.None)
        {
            socket.SetOption(plain, size);
        }
    }
}
