using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Links;

/// <summary>Deletes buried links in groups, beside whatever else goes on: the kernel waits once for a group, not once for a
/// link.</summary>
/// <remarks>What a daemon that was killed has not deleted is still in the group of graves, and the next one deletes it. Safe to call from
/// several threads.</remarks>
/// <param name="connection">A NETLINK_ROUTE connection to the daemon's namespace, which nobody else uses: nobody waits behind its requests.
/// Closed with this object.</param>
/// <param name="time">The clock.</param>
internal sealed class Gravedigger(NetlinkConnection connection, TimeProvider time) : IDisposable
{
    // Links of operations that follow each other are deleted together.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(50);

    private readonly Lock _digging = new();
    private readonly Lock _timing = new();
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Has the graves emptied in a while.</summary>
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

    /// <summary>Empties the graves, and returns when they are empty. What the kernel refuses to delete stays, and is found as a
    /// leftover.</summary>
    public void Dig()
    {
        lock (_digging)
        {
            if (!_disposed)
            {
                connection.Pipeline([LinkRequests.DeleteGroup(LinkMark.GraveGroup)]);
            }
        }
    }

    /// <summary>Empties the graves a last time.</summary>
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
