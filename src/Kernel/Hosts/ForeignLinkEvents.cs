using Net.Kernel.Links;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Hosts;

/// <summary>Tells when a link that this daemon did not make has come, changed or gone.</summary>
/// <remarks>One thread waits; <see cref="Stop"/> may be called from another.</remarks>
public sealed class ForeignLinkEvents : IDisposable
{
    private const ushort NewLink = 16; // RTM_NEWLINK
    private const ushort DeletedLink = 17; // RTM_DELLINK

    private readonly NetlinkSubscription _events;
    private readonly PipePair _stop = PipePair.Create();
    private readonly PollSet _polls = new();

    private ForeignLinkEvents(NetlinkSubscription events) => _events = events;

    /// <summary>Subscribes to the events of the calling thread's namespace.</summary>
    /// <exception cref="LinuxException">No descriptors are left.</exception>
    public static ForeignLinkEvents Open() => new(NetlinkSubscription.ToRoute(null, RouteGroup.Link));

    /// <summary>Waits until a link has come, changed or gone, or events were lost.</summary>
    /// <returns>False when the wait was stopped.</returns>
    /// <exception cref="NetlinkException">The kernel's events cannot be received any more.</exception>
    public bool Wait()
    {
        while (true)
        {
            _polls.Clear();
            int stop = _polls.Add(_stop.Reader, PollEvents.Readable);
            int events = _polls.Add(_events.Handle, PollEvents.Readable);
            _polls.Wait(null);
            if (_polls.Ready(stop) != PollEvents.None)
            {
                return false;
            }

            if (_polls.Ready(events) != PollEvents.None)
            {
                NetlinkEvents received = _events.Receive(TimeSpan.Zero);
                if (received.WereLost || received.Messages.Any(IsForeign))
                {
                    return true;
                }
            }
        }
    }

    /// <summary>Ends a wait that is going on; nobody can wait afterwards.</summary>
    public void Stop() => _stop.Writer.Dispose();

    /// <summary>Closes all descriptors; no thread may be waiting any more.</summary>
    public void Dispose()
    {
        _events.Dispose();
        _stop.Writer.Dispose();
        _stop.Reader.Dispose();
    }

    // A bridge also reports its ports itself, by messages of its own family that do not say whose the link is. The link's own message comes
    // with each of these (NETDEV_CHANGEUPPER in rtnetlink_event, net/core/rtnetlink.c).
    private static bool IsForeign(NetlinkReply message) =>
        message.Type is NewLink or DeletedLink
        && LinkMessage.DecodeKnown(message.Payload.Span) is { Header.Family: RouteFamily.Unspecified } link
        && !LinkMark.IsOurs(link);
}
