using System.Runtime.InteropServices;

using Net.Linux;
using Net.Netlink.Netfilter;

namespace Net.Netlink;

/// <summary>A socket that receives the kernel's events about one network namespace. Its calls block; it is for one thread.</summary>
public sealed class NetlinkSubscription : IDisposable
{
    private const int MaximumBurst = 4096;

    private readonly NetlinkSocket _socket;

    private NetlinkSubscription(NetlinkSocket socket) => _socket = socket;

    /// <summary>The descriptor, to wait for together with others; it is readable when <see cref="Receive"/> would not wait.</summary>
    public SafeHandle Handle => _socket.Handle;

    /// <summary>Subscribes to route events.</summary>
    /// <param name="networkNamespace">The namespace; null for that of the calling thread. It need not stay open afterwards.</param>
    /// <param name="groups">The multicast groups to join.</param>
    /// <exception cref="LinuxException">The namespace cannot be entered or no socket can be made.</exception>
    public static NetlinkSubscription ToRoute(NetworkNamespace? networkNamespace, params ReadOnlySpan<RouteGroup> groups) =>
        Open(NetlinkProtocol.Route, networkNamespace, MemoryMarshal.Cast<RouteGroup, int>(groups).ToArray());

    /// <summary>Subscribes to route events of the calling thread's namespace and of all that it has a number for, such as those that the
    /// other ends of its veth pairs are in (ip-netns(8), "nsid"). Before kernel 4.2 and without CAP_NET_BROADCAST only those of its own
    /// come.</summary>
    /// <param name="groups">The multicast groups to join.</param>
    /// <exception cref="LinuxException">No socket can be made.</exception>
    public static NetlinkSubscription ToRouteOfAll(params ReadOnlySpan<RouteGroup> groups)
    {
        NetlinkSubscription subscription = ToRoute(null, groups);
        subscription._socket.HearAll();
        return subscription;
    }

    /// <summary>Subscribes to netfilter events.</summary>
    /// <inheritdoc cref="ToRoute"/>
    public static NetlinkSubscription ToNetfilter(NetworkNamespace? networkNamespace, params ReadOnlySpan<NetfilterGroup> groups) =>
        Open(NetlinkProtocol.Netfilter, networkNamespace, MemoryMarshal.Cast<NetfilterGroup, int>(groups).ToArray());

    /// <summary>Waits for events.</summary>
    /// <param name="timeout">The longest time to wait; null waits without a limit.</param>
    /// <exception cref="NetlinkException">The socket failed.</exception>
    public NetlinkEvents Receive(TimeSpan? timeout)
    {
        var sink = new EventSink(_socket);
        if (!_socket.WaitReadable(timeout))
        {
            return new NetlinkEvents(sink.Messages, false);
        }

        while (sink.Messages.Count < MaximumBurst)
        {
            switch (_socket.Receive(sink, wait: false))
            {
                case ReceiveOutcome.Nothing:
                    return new NetlinkEvents(sink.Messages, false);
                case ReceiveOutcome.Lost:
                    return new NetlinkEvents(sink.Messages, true);
            }
        }

        return new NetlinkEvents(sink.Messages, false); // the burst is full; more events are waiting
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _socket.Dispose();

    private static NetlinkSubscription Open(NetlinkProtocol protocol, NetworkNamespace? networkNamespace, int[] groups)
    {
        NetlinkSocket socket = networkNamespace is null
            ? NetlinkSocket.Open(protocol)
            : networkNamespace.Run(() => NetlinkSocket.Open(protocol));
        try
        {
            foreach (int group in groups)
            {
                socket.Join(group);
            }

            return new NetlinkSubscription(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class EventSink(NetlinkSocket socket) : IMessageSink
    {
        internal List<NetlinkReply> Messages { get; } = [];

        public void Accept(MessageHeader header, ReadOnlySpan<byte> payload) =>
            Messages.Add(header.ToReply(payload) with { NamespaceId = socket.NamespaceId });
    }
}
