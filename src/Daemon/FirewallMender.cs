using Net.Cnm.Errors;
using Net.Controller;
using Net.Firewall.Watches;
using Net.Linux;
using Net.Netlink;

namespace Net.Daemon;

/// <summary>Puts the firewall's rules back when another program has taken or changed them: <c>iptables -F</c>, <c>nft flush ruleset</c>, a reload of firewalld.</summary>
/// <remarks>
/// A thread of its own waits for the kernel's word. However busy others are, the rules are looked at twice a second at most. What fails is tried again
/// each second: the kernel tells of no change when a program is installed again, or when another one lets a lock go.
/// </remarks>
internal sealed partial class FirewallMender : IDisposable
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly FirewallWatch _watch;
    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;

    private FirewallMender(FirewallWatch watch, NetworkController controller, ILogger log)
    {
        _watch = watch;
        _controller = controller;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "firewall" };
    }

    /// <summary>Begins to heal; the controller has recovered by then.</summary>
    /// <param name="watch">What tells of changes; stopped, but not disposed of, with the healing.</param>
    /// <param name="controller">Knows what the rules should be.</param>
    /// <param name="log">Told what was healed.</param>
    public static FirewallMender Start(FirewallWatch watch, NetworkController controller, ILogger log)
    {
        var healing = new FirewallMender(watch, controller, log);
        healing._thread.Start();
        return healing;
    }

    /// <summary>Waits for a mending under way, then ends.</summary>
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
                if (!MendAtLast(author) || _stopped.Wait(ShortestInterval))
                {
                    return;
                }
            }
        }
        catch (Exception error) when (error is LinuxException or NetlinkException or NetlinkFormatException)
        {
            LogBlind(error.Message);
        }
    }

    /// <returns>Whether it was done; false when it was stopped before.</returns>
    private bool MendAtLast(string author)
    {
        string? said = null;
        while (Mend(author) is { } reason)
        {
            if (reason != said)
            {
                LogNotHealed(author, reason);
                said = reason;
            }

            if (_stopped.Wait(RetryInterval))
            {
                return false;
            }
        }

        return true;
    }

    /// <returns>Why it could not be done; null when the rules are right.</returns>
    private string? Mend(string author)
    {
        try
        {
            if (_controller.MendFirewallAsync(CancellationToken.None).GetAwaiter().GetResult())
            {
                _watch.NotePutBack();
                LogHealed(author);
            }

            return null;
        }
        catch (Exception error) when (error is CnmException or LinuxException or NetlinkException or NetlinkFormatException)
        {
            return error.Message;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "firewall rules of ours were changed by {Author}; they have been put back")]
    private partial void LogHealed(string author);

    [LoggerMessage(Level = LogLevel.Error, Message = "firewall rules of ours were changed by {Author} and cannot be put back: {Reason}; it is tried again each second")]
    private partial void LogNotHealed(string author, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "changes of the firewall by others are not noticed any more: {Reason}; start the daemon again")]
    private partial void LogBlind(string reason);
}
