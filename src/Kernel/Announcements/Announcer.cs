using Net.Cnm.DesiredState;
using Net.Kernel.Sessions;
using Net.Linux;
using Net.Linux.Sockets;
using Net.Netlink;
using Net.Netlink.Addresses;
using Net.Netlink.Links;

namespace Net.Kernel.Announcements;

/// <summary>Announces the addresses that have come up in sandboxes to their neighbours, by default three times a second apart, as Docker 28
/// does: the address may have had another Ethernet address before, which neighbours keep for up to half a minute.</summary>
/// <remarks>Frames are sent from within the sandbox, on the sandbox's own link, so that the bridge learns the port and what is allowed to
/// the sandbox is allowed to them. Nobody waits for them: a timer asks for them, and nothing in a namespace is kept open meanwhile. Not
/// thread-safe: the engine calls it under its lock.</remarks>
/// <param name="time">The clock.</param>
/// <param name="wake">Called from the timer's thread when an announcement is due; calls <see cref="SendDue"/>.</param>
internal sealed class Announcer(TimeProvider time, Action wake) : IDisposable
{
    // The bridge port of a new veth starts to forward when the kernel's work queue has seen its carrier, some time after it is up.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(20);

    private readonly List<Pending> _pending = [];
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Begins to announce the addresses among some objects that are in sandboxes.</summary>
    public void Begin(IEnumerable<DesiredObject> made)
    {
        long due = time.GetTimestamp() + Ticks(Settling);
        int before = _pending.Count;
        _pending.AddRange(made.OfType<LinkAddress>().Where(address => address is { Namespace.IsHost: false, Announcement.Count: > 0 })
            .Select(address => new Pending(address, due)));
        if (_pending.Count > before)
        {
            Schedule();
        }
    }

    /// <summary>Ends the announcing of addresses that leave their sandboxes.</summary>
    public void End(IEnumerable<DesiredObject> removed)
    {
        if (_pending.Count > 0)
        {
            HashSet<LinkAddress> gone = [.. removed.OfType<LinkAddress>()];
            _pending.RemoveAll(pending => gone.Contains(pending.Address));
        }
    }

    /// <summary>Sends the announcements that are due. What the sandbox has done to its link or address meanwhile is respected: a link that
    /// is down and an address that is not there are not announced.</summary>
    public void SendDue(KernelSession session)
    {
        if (_disposed)
        {
            return;
        }

        long now = time.GetTimestamp();
        foreach (IGrouping<NamespaceRef, Pending> sandbox in _pending.Where(pending => pending.Due <= now)
            .GroupBy(pending => pending.Address.Namespace).ToList())
        {
            try
            {
                Send(session, sandbox.Key, [.. sandbox.Select(pending => pending.Address)]);
            }
            catch (Exception error) when (error is LinuxException or NetlinkException)
            {
                // The sandbox is gone, or its link went down at this moment.
            }

            foreach (Pending sent in sandbox)
            {
                sent.Left--;
                sent.Due = now + Ticks(TimeSpan.FromMilliseconds(sent.Address.Announcement.Milliseconds));
            }
        }

        _pending.RemoveAll(pending => pending.Left == 0);
        Schedule();
    }

    /// <summary>Stops the timer; what has not been announced is not.</summary>
    public void Dispose()
    {
        _disposed = true;
        _timer?.Dispose();
    }

    private static void Send(KernelSession session, NamespaceRef sandbox, IReadOnlyList<LinkAddress> addresses)
    {
        NetlinkConnection connection = session.Connection(sandbox);
        IReadOnlyList<AddressMessage> present = connection.DumpAddresses();
        foreach (IGrouping<string, LinkAddress> link in addresses.GroupBy(address => address.Link, StringComparer.Ordinal))
        {
            if (connection.GetLink(link.Key) is not { IsUp: true, Address: { Bytes.Length: 6 } mac } found)
            {
                continue;
            }

            byte[][] frames =
            [
                .. link.Select(address => address.Address.Address)
                    .Where(address => present.Any(one => one.Header.LinkIndex == found.Index && address.Equals(one.OwnAddress)))
                    .Select(address => AnnouncementFrames.For(mac.Bytes, address)),
            ];
            PacketSocket socket = session.Visit(sandbox, () => PacketSocket.Open(found.Index));
            try
            {
                Array.ForEach(frames, frame => socket.Send(frame));
            }
            finally
            {
                CloseLater(socket);
            }
        }
    }

    // The kernel takes its time to close one, in which operations would wait for the engine.
    private static void CloseLater(PacketSocket socket) =>
        ThreadPool.UnsafeQueueUserWorkItem(static closed => closed.Dispose(), socket, preferLocal: false);

    private void Schedule()
    {
        if (_pending.Count == 0 || _disposed)
        {
            return;
        }

        TimeSpan wait = time.GetElapsedTime(time.GetTimestamp(), _pending.Min(pending => pending.Due));
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        _timer ??= time.CreateTimer(_ => wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private sealed class Pending(LinkAddress address, long due)
    {
        public LinkAddress Address => address;

        public int Left { get; set; } = address.Announcement.Count;

        public long Due { get; set; } = due;
    }
}
