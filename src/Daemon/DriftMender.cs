using Net.Controller;
using Net.Controller.Recovery;
using Net.Kernel.Drifts;
using Net.Linux;
using Net.Netlink;

namespace Net.Daemon;

/// <summary>Puts back what another program has changed or removed of ours in the kernel: a link that is gone, down, renamed or off its
/// bridge, an address, a route, forwarding, a file of a container.</summary>
/// <remarks>A thread of its own waits for the kernel's events. What causes none, such as a setting or a neighbour entry, is found by a
/// comparison of everything once a minute. Rules of the firewall are put back sooner by <see cref="FirewallMender"/>.</remarks>
internal sealed partial class DriftMender : IDisposable
{
    private static readonly TimeSpan WholeInterval = TimeSpan.FromMinutes(1);

    // However quickly others change things, comparing takes a part of the processor's time only.
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(500);

    private readonly DriftWatch _watch;
    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;
    private IReadOnlyList<string> _problems = [];

    private DriftMender(DriftWatch watch, NetworkController controller, ILogger log)
    {
        _watch = watch;
        _controller = controller;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "drift" };
    }

    /// <summary>Begins to watch the calling thread's namespace. The controller has recovered before.</summary>
    /// <param name="controller">Compares and repairs.</param>
    /// <param name="sandboxDirectory">The folder with the files of all containers.</param>
    /// <param name="log">Told what was put back, and what could not be.</param>
    /// <exception cref="LinuxException">No descriptors are left.</exception>
    public static DriftMender Start(NetworkController controller, string sandboxDirectory, ILogger log)
    {
        var mender = new DriftMender(DriftWatch.Open(sandboxDirectory), controller, log);
        mender._thread.Start();
        return mender;
    }

    /// <summary>Waits for a repair under way and stops the thread.</summary>
    public void Dispose()
    {
        _stopped.Set();
        _watch.Stop();
        _thread.Join();
        _watch.Dispose();
        _stopped.Dispose();
    }

    private void Run()
    {
        try
        {
            long whole = Environment.TickCount64;
            while (_watch.Wait(TimeSpan.FromMilliseconds(whole + WholeInterval.TotalMilliseconds - Environment.TickCount64)) is { } owners)
            {
                if (owners.Count == 0)
                {
                    whole = Environment.TickCount64;
                }

                Mend(owners.Count == 0 ? null : owners);
                if (_stopped.Wait(ShortestInterval))
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

    private void Mend(IReadOnlySet<string>? owners)
    {
        try
        {
            if (_controller.MendDriftAsync(owners, CancellationToken.None).GetAwaiter().GetResult() is { } report)
            {
                Tell(report);
            }
        }
        catch (Exception error)
        {
            Tell([error.Message]); // of whatever kind: an error on a thread of its own would end the daemon
        }
    }

    private void Tell(MendingReport report)
    {
        HashSet<string> left = [.. report.Left.Missing.Select(one => one.Key), .. report.Left.Different.Select(pair => pair.Wanted.Key)];
        string[] mended =
        [
            .. report.Found.Missing.Concat(report.Found.Different.Select(pair => pair.Wanted))
                .Where(one => !left.Contains(one.Key)).Select(one => one.Label),
            .. report.Found.Leftover.Except(report.Left.Leftover).Select(leftover => $"leftover {leftover.Kind} {leftover.Name}"),
        ];
        if (mended.Length > 0)
        {
            const int Named = 10;
            string more = mended.Length > Named ? $" and {mended.Length - Named} more" : "";
            LogMended(string.Join(", ", mended.Take(Named)) + more);
        }

        Tell([.. report.Problems, .. report.Left.Conflicts]);
    }

    private void Tell(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems.Except(_problems, StringComparer.Ordinal))
        {
            LogNotMended(problem);
        }

        _problems = problems;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "another program had changed or removed something of ours, which is as it should be again: {What}")]
    private partial void LogMended(string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "something of ours is not as it should be and cannot be put back: {Problem}")]
    private partial void LogNotMended(string problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "changes by other programs are not noticed any more: {Reason}; start the daemon again, or look with netctl doctor")]
    private partial void LogWatchFailed(string reason);
}
