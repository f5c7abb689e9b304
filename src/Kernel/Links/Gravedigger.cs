using Net.Kernel.Flows;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Does what is left of removals, beside whatever else goes on: it deletes buried links in groups, since the kernel waits once for
/// a group, not once for a link, and has the kernel forget the connections of addresses that have left their sandboxes.</summary>
/// <remarks>What a daemon that was killed has not deleted is still in the group of graves, and the next one deletes it. Safe to call from
/// several threads.</remarks>
/// <param name="connection">A NETLINK_ROUTE connection to the daemon's namespace, which nobody else uses: nobody waits behind its requests.
/// Closed with this object.</param>
/// <param name="flows">Forgets the connections.</param>
/// <param name="time">The clock.</param>
internal sealed class Gravedigger(NetlinkConnection connection, FlowCleaner flows, TimeProvider time) : IDisposable
{
    // Links of operations that follow each other are deleted together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly Lock _digging = new();
    private readonly Lock _timing = new();
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Has it done in a while.</summary>
    public void Call()
    {
        lock (_timing)
        {
            if (!_disposed)
            {
                _timer ??= time.CreateTimer(_ => Dig(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(Gathering, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Does it, and returns when it is done. A link that the kernel refuses to delete stays, and is found as a leftover.</summary>
    public void Dig()
    {
        lock (_digging)
        {
            if (!_disposed)
            {
                flows.ForgetLeft();
                connection.Pipeline([LinkRequests.DeleteGroup(LinkMark.GraveGroup)]);
            }
        }
    }

    /// <summary>Does it a last time.</summary>
    public void Dispose()
    {
        Dig();
        lock (_digging)
        {
            lock (_timing)
            {
                _disposed = true;
                _timer?.Dispose();
                connection.Dispose();
            }
        }
    }
}
