using Net.Controller;
using Net.Kernel.Hosts;
using Net.Linux;
using Net.Netlink;

namespace Net.Daemon;

/// <summary>Follows the links of other programs while this daemon has forwarding turned on. A link that is plugged in, or that another
/// program sets up, goes on accepting router advertisements: it has <c>accept_ra</c> 1, which means no as soon as the host forwards. A
/// bridge of other programs' guests, which comes and goes with their networks, is left alone by the forwarding guard.</summary>
/// <remarks>A thread of its own waits for the kernel's events about links. However many there are, the host is looked at ten times a
/// second at most.</remarks>
internal sealed partial class HostLinkWatch : IDisposable
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);

    private readonly ForeignLinkEvents _events;
    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;

    private HostLinkWatch(ForeignLinkEvents events, NetworkController controller, ILogger log)
    {
        _events = events;
        _controller = controller;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "links" };
    }

    /// <summary>Begins to watch the links of the calling thread's namespace. The controller has recovered before.</summary>
    /// <param name="controller">Changes settings and rules.</param>
    /// <param name="log">Told when links are not watched, or a setting or a rule cannot be changed.</param>
    /// <exception cref="LinuxException">No descriptors are left.</exception>
    public static HostLinkWatch Start(NetworkController controller, ILogger log)
    {
        var watch = new HostLinkWatch(ForeignLinkEvents.Open(), controller, log);
        watch._thread.Start();
        return watch;
    }

    /// <summary>Waits for a change under way and stops the thread.</summary>
    public void Dispose()
    {
        _stopped.Set();
        _events.Stop();
        _thread.Join();
        _events.Dispose();
        _stopped.Dispose();
    }

    private void Run()
    {
        try
        {
            // A link may have come after recovery has looked and before the events were subscribed to.
            do
            {
                Follow();
            }
            while (!_stopped.Wait(ShortestInterval) && _events.Wait());
        }
        catch (Exception error) when (error is LinuxException or NetlinkException or NetlinkFormatException)
        {
            LogWatchFailed(error.Message);
        }
    }

    private void Follow()
    {
        try
        {
            _controller.FollowHostLinksAsync(CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (Exception error)
        {
            LogNotFollowed(error.Message); // of whatever kind: an error on a thread of its own would end the daemon
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "a link of the host may not accept router advertisements any more, or another program's bridge not be forwarded, since "
            + "the host forwards for containers only: {Reason}; it is tried again when a link changes")]
    private partial void LogNotFollowed(string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "links that come from now on are not noticed: {Reason}; start the daemon again, or containers of other programs may not "
            + "reach what is outside, and links without accept_ra=2 not take router advertisements")]
    private partial void LogWatchFailed(string reason);
}
