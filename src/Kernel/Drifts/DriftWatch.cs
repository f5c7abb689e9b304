using System.Diagnostics;
using Net.Linux;
using Net.Linux.Descriptors;
using Net.Netlink;
using Net.Netlink.Links;

namespace Net.Kernel.Drifts;

/// <summary>Tells when another program may have changed or removed something of ours: a link, an address or a route in the daemon's
/// namespace or in a sandbox on a veth pair, forwarding of the host, or a file of a sandbox. Of other settings and of neighbour entries
/// nothing is told here.</summary>
/// <remarks>One thread waits; <see cref="Stop"/> may be called from another.</remarks>
public sealed class DriftWatch : IDisposable
{
    // What a program does in several steps, and what this daemon does itself, is over by then.
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(200);

    private readonly NetlinkSubscription _events;
    private readonly NetlinkConnection _host;
    private readonly DriftSuspects _suspects = new();
    private readonly RemovedFiles _files;
    private readonly PipePair _stop = PipePair.Create();
    private readonly PollSet _polls = new();

    private DriftWatch(NetlinkSubscription events, NetlinkConnection host, RemovedFiles files)
    {
        _events = events;
        _host = host;
        _files = files;
        _suspects.Begin(_host.DumpLinks());
    }

    /// <summary>The owner that stands for the host itself, or for anything when events were lost.</summary>
    public static string Host => DriftSuspects.Host;

    /// <summary>Subscribes to the events of the calling thread's namespace and of the sandboxes.</summary>
    /// <param name="sandboxDirectory">The folder that has one with the files of each sandbox, which has its id as name.</param>
    /// <exception cref="LinuxException">No descriptors are left.</exception>
    /// <exception cref="NetlinkException">The kernel refused.</exception>
    public static DriftWatch Open(string sandboxDirectory) => new(
        NetlinkSubscription.ToRouteOfAll(
            RouteGroup.Link,
            RouteGroup.IPv4Address,
            RouteGroup.IPv6Address,
            RouteGroup.IPv4Route,
            RouteGroup.IPv6Route,
            RouteGroup.IPv4Netconf,
            RouteGroup.IPv6Netconf),
        NetlinkConnection.Open(NetlinkProtocol.Route),
        new RemovedFiles(sandboxDirectory));

    /// <summary>Waits until something of ours may have been changed by another program, and then a fifth of a second: what this daemon does
    /// itself is no suspicion any more by then.</summary>
    /// <param name="limit">The longest time to wait.</param>
    /// <returns>The owners of what may have changed, by their tags: none when the time is over. Null when the wait was stopped.</returns>
    /// <exception cref="NetlinkException">The kernel's events cannot be received any more.</exception>
    public IReadOnlySet<string>? Wait(TimeSpan limit)
    {
        long began = Stopwatch.GetTimestamp();
        long? suspicion = null;
        while (true)
        {
            suspicion = _suspects.Any ? suspicion ?? Stopwatch.GetTimestamp() : null;
            TimeSpan left = suspicion is { } since
                ? Settling - Stopwatch.GetElapsedTime(since)
                : limit - Stopwatch.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
            {
                return _suspects.Take();
            }

            _polls.Clear();
            int stop = _polls.Add(_stop.Reader, PollEvents.Readable);
            int events = _polls.Add(_events.Handle, PollEvents.Readable);
            int files = _polls.Add(_files.Handle, PollEvents.Readable);
            _polls.Wait(left);
            if (_polls.Ready(stop) != PollEvents.None)
            {
                return null;
            }

            if (_polls.Ready(events) != PollEvents.None)
            {
                Receive();
            }

            if (_polls.Ready(files) != PollEvents.None)
            {
                _suspects.Suspect(_files.Take());
            }
        }
    }

    /// <summary>Ends a wait that is going on; nobody can wait afterwards.</summary>
    public void Stop() => _stop.Writer.Dispose();

    /// <summary>Closes all descriptors; no thread may be waiting any more.</summary>
    public void Dispose()
    {
        _events.Dispose();
        _host.Dispose();
        _files.Dispose();
        _stop.Writer.Dispose();
        _stop.Reader.Dispose();
    }

    private void Receive()
    {
        NetlinkEvents received = _events.Receive(TimeSpan.Zero);
        foreach (NetlinkReply message in received.Messages)
        {
            _suspects.Follow(message);
        }

        if (received.WereLost)
        {
            _suspects.Begin(_host.DumpLinks());
            _suspects.SuspectAnything();
        }
    }
}
