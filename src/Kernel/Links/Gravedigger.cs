using Net.Kernel.Flows;
using Net.Linux;
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
    // Links of operations that follow each other are deleted together, and between operations: the kernel waits with its lock on all links
    // held, which the next operation needs.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    // However quickly operations follow each other.
    private static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly Lock _digging = new();
    private readonly Lock _timing = new();
    private ITimer? _timer;
    private long? _called;
    private bool _hasFound;
    private bool _disposed;

    /// <summary>Has it done when no call has come for 50 ms, and within half a second of the first in any case.</summary>
    public void Call() => Call(Quiet);

    /// <summary>Does it, and returns when it is done. A link that the kernel refuses to delete stays, and is found as a leftover. Where
    /// there is nothing to do, the kernel is only read.</summary>
    /// <returns>Whether there were buried links, now or since the last call.</returns>
    /// <exception cref="NetlinkException">The kernel has no memory for the request.</exception>
    public bool Dig()
    {
        lock (_digging)
        {
            if (flows.HasLeft || MayHaveGraves())
            {
                DigNow();
            }

            bool found = _hasFound;
            _hasFound = false;
            return found;
        }
    }

    // The list may change each time that it is read, while very many links come and go.
    private bool MayHaveGraves()
    {
        try
        {
            return !_disposed && connection.DumpLinks().Any(LinkMark.IsGrave);
        }
        catch (NetlinkException error) when (error.Errno == Errno.Interrupted)
        {
            return true;
        }
    }

    private void DigNow()
    {
        lock (_digging)
        {
            if (!_disposed)
            {
                flows.ForgetLeft();
                _hasFound |= connection.Pipeline([LinkRequests.DeleteGroup(LinkMark.GraveGroup)])[0].Error?.Errno != Errno.NoDevice;
            }
        }
    }

    private void Call(TimeSpan wait)
    {
        lock (_timing)
        {
            if (_disposed)
            {
                return;
            }

            bool isFirst = _called is null;
            _called ??= time.GetTimestamp();
            if (isFirst || time.GetElapsedTime(_called.Value) + wait <= Latest)
            {
                _timer ??= time.CreateTimer(_ => Answer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(wait, Timeout.InfiniteTimeSpan);
            }
        }
    }

    // An exception on the timer's thread would end the daemon.
    private void Answer()
    {
        lock (_timing)
        {
            _called = null;
        }

        if (!TryDig() || flows.HasLeft)
        {
            Call(Retry);
        }
    }

    private bool IsCalled()
    {
        lock (_timing)
        {
            return _called is not null;
        }
    }

    private bool TryDig()
    {
        try
        {
            DigNow();
            return true;
        }
        catch (Exception error) when (error is NetlinkException or NetlinkFormatException or LinuxException)
        {
            return false;
        }
    }

    /// <summary>Does what it was called for and has not done yet. The next daemon finds what is left nevertheless.</summary>
    public void Dispose()
    {
        if (IsCalled())
        {
            TryDig();
        }

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
