using Net.Cnm.Firewalls;
using Net.Controller;
using Net.Firewall.Watches;
using Net.Linux;
using Net.Netlink;

namespace Net.Daemon;

/// <summary>Restores the firewall's rules when another program has removed or changed them: <c>iptables -F</c>, <c>nft flush ruleset</c>, a
/// reload of firewalld.</summary>
/// <remarks>
/// A thread of its own waits for notifications from the kernel. Each change of a burst is mended at once, and however many changes there
/// are, the rules are compared at most twice a second in the long run (<see cref="RestorePace"/>). A restore that fails is repeated at once
/// a few times, since the other program may still be at work, and then each second, since the kernel sends no notification when a missing
/// program is installed or when another program releases its lock.
/// </remarks>
internal sealed partial class FirewallMender : IDisposable
{
    private const int RetriesAtOnce = 3;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly FirewallWatch _watch;
    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly RestorePace _pace = new(TimeProvider.System);
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;

    private FirewallMender(FirewallWatch watch, NetworkController controller, ILogger log)
    {
        _watch = watch;
        _controller = controller;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "firewall" };
    }

    /// <summary>Starts the thread. The controller has recovered before.</summary>
    /// <param name="watch">Reports changes. Stopped, but not disposed of, by <see cref="Dispose"/>.</param>
    /// <param name="controller">Compares and restores the rules.</param>
    /// <param name="log">Receives what was restored.</param>
    public static FirewallMender Start(FirewallWatch watch, NetworkController controller, ILogger log)
    {
        var mender = new FirewallMender(watch, controller, log);
        mender._thread.Start();
        return mender;
    }

    /// <summary>Waits for a restore under way and stops the thread.</summary>
    public void Dispose()
    {
        _stopped.Set();
        _watch.Stop();
        _thread.Join();
        _stopped.Dispose();
    }

    private void Run()
    {
        try
        {
            while (_watch.WaitForChange() is { } author)
            {
                if (_stopped.Wait(_pace.Take()) || !MendUntilDone(author))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is LinuxException or NetlinkException or NetlinkFormatException)
        {
            LogWatchFailed(error.Message);
        }
    }

    /// <summary>Restores the rules; repeats that until it succeeds.</summary>
    /// <returns>Whether it succeeded; false when the thread is to stop.</returns>
    private bool MendUntilDone(string author)
    {
        string? lastReason = null;
        for (int failures = 1; Mend(author) is { } reason; failures++)
        {
            if (failures <= RetriesAtOnce)
            {
                continue;
            }

            if (reason != lastReason)
            {
                LogNotMended(author, reason);
                lastReason = reason;
            }

            if (_stopped.Wait(RetryInterval))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tries once to restore the rules.</summary>
    /// <returns>The reason of a failure; null when the rules are right now.</returns>
    private string? Mend(string author)
    {
        try
        {
            FirewallMending done = _controller.MendFirewallAsync(CancellationToken.None).GetAwaiter().GetResult();
            if (done != FirewallMending.Nothing)
            {
                _watch.NotePutBack();
            }

            if (done == FirewallMending.Moved)
            {
                LogMoved(author);
            }
            else if (done == FirewallMending.PutBack)
            {
                LogMended(author);
            }

            return null;
        }
        catch (Exception error)
        {
            return error.Message; // of whatever kind: an error on a thread of its own would end the daemon
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "firewall rules of ours were changed by {Author}; they have been put back")]
    private partial void LogMended(string author);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "{Author} has put rules that accept before those of netctl, which are before them again")]
    private partial void LogMoved(string author);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "firewall rules of ours were changed by {Author} and cannot be put back: {Reason}; it is tried again each second")]
    private partial void LogNotMended(string author, string reason);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "changes of the firewall by others are not noticed any more: {Reason}; start the daemon again")]
    private partial void LogWatchFailed(string reason);
}
