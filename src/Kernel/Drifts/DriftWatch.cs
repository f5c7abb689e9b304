using System.Diagnostics;
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
    private readonly RemovedFiles? _files;
    private readonly HashSet<string> _removed = [];
    private readonly PipePair _stop = PipePair.Create();
    private readonly PollSet _polls = new();
    private bool _hasBegun;

    private DriftWatch(NetlinkSubscription events, NetlinkConnection host, RemovedFiles? files)
    {
        _events = events;
        _host = host;
        _files = files;
        Begin();
    }

    private bool HasSuspects => _suspects.Any || _removed.Count > 0;

    /// <summary>Subscribes to the events of the calling thread's namespace and of the sandboxes.</summary>
    /// <param name="sandboxDirectory">The folder that has one with the files of each sandbox, which has its id as name.</param>
    /// <param name="problem">Told why removed files are not noticed, when the kernel refuses to tell of them.</param>
    /// <exception cref="IOException">No descriptors are left, or the kernel refused.</exception>
    public static DriftWatch Open(string sandboxDirectory, Action<string> problem)
    {
        RemovedFiles? files = null;
        try
        {
            files = new RemovedFiles(sandboxDirectory, problem);
        }
        catch (IOException error)
        {
            problem(error.Message);
        }

        return new DriftWatch(
            NetlinkSubscription.ToRouteOfAll(
                RouteGroup.Link,
                RouteGroup.IPv4Address,
                RouteGroup.IPv6Address,
                RouteGroup.IPv4Route,
                RouteGroup.IPv6Route,
                RouteGroup.IPv4Netconf,
                RouteGroup.IPv6Netconf),
            NetlinkConnection.Open(NetlinkProtocol.Route),
            files);
    }

    /// <summary>Waits until something of ours may have been changed by another program, and then a fifth of a second: what this daemon does
    /// itself is no suspicion any more by then.</summary>
    /// <param name="least">The shortest time to wait. The kernel's events are received meanwhile, so that none are lost.</param>
    /// <param name="limit">The longest time to wait.</param>
    /// <returns>The owners of what may have changed, by their tags or as sandboxes by their ids: none when the time is over. Null when the
    /// wait was stopped.</returns>
    /// <exception cref="IOException">The kernel's events cannot be received any more.</exception>
    public IReadOnlySet<string>? Wait(TimeSpan least, TimeSpan limit)
    {
        long began = Stopwatch.GetTimestamp();
        long? suspicion = null;
        while (true)
        {
            suspicion = HasSuspects ? suspicion ?? Stopwatch.GetTimestamp() : null;
            TimeSpan rest = least - Stopwatch.GetElapsedTime(began);
            TimeSpan left = suspicion is { } since
                ? Settling - Stopwatch.GetElapsedTime(since)
                : limit - Stopwatch.GetElapsedTime(began);
            if (left > TimeSpan.Zero || rest > TimeSpan.Zero)
            {
                if (!Listen(left > rest ? left : rest))
                {
                    return null;
                }
            }
            else
            {
                HashSet<string> owners = Take();
                if (owners.Count > 0 || suspicion is null)
                {
                    return owners;
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
        _host.Dispose();
        _files?.Dispose();
        _stop.Writer.Dispose();
        _stop.Reader.Dispose();
    }

    private HashSet<string> Take()
    {
        HashSet<string> owners = [.. _suspects.Take(), .. _files?.OwnersOf(_removed) ?? []];
        _removed.Clear();
        return owners;
    }

    // False when the wait is stopped.
    private bool Listen(TimeSpan limit)
    {
        _polls.Clear();
        int stop = _polls.Add(_stop.Reader, PollEvents.Readable);
        int events = _polls.Add(_events.Handle, PollEvents.Readable);
        int files = _files is null ? stop : _polls.Add(_files.Handle, PollEvents.Readable);
        _polls.Wait(limit);
        if (_polls.Ready(stop) != PollEvents.None)
        {
            return false;
        }

        if (_polls.Ready(events) != PollEvents.None)
        {
            Receive();
        }

        if (_files is not null && _polls.Ready(files) != PollEvents.None)
        {
            _removed.UnionWith(_files.Take());
        }

        return true;
    }

    private void Receive()
    {
        NetlinkEvents received = _events.Receive(TimeSpan.Zero);
        _hasBegun &= !received.WereLost;
        if (!_hasBegun)
        {
            Begin();
            _suspects.SuspectAnything();
            return; // what was received is from before the links were read
        }

        foreach (NetlinkReply message in received.Messages)
        {
            try
            {
                _suspects.Follow(message);
            }
            catch (NetlinkFormatException)
            {
                _suspects.SuspectAnything();
            }
        }
    }

    // The list may change each time that it is read, while very many links come and go: then it is read at the next event.
    private void Begin()
    {
        try
        {
            _suspects.Begin(_host.DumpLinks());
            _hasBegun = true;
        }
        catch (NetlinkException)
        {
            _hasBegun = false;
        }
    }
}
