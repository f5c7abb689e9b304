using Net.Controller;
using Net.Controller.Recovery;
using Net.Kernel.Drifts;

namespace Net.Daemon;

/// <summary>Puts back what another program has changed or removed of ours in the kernel: a link that is gone, down, renamed or off its
/// bridge, an address, a route, forwarding, a file of a container.</summary>
/// <remarks>A thread of its own waits for the kernel's events. What causes none, such as a setting or a neighbour entry, is found by a
/// comparison of everything once a minute. Rules of the firewall are put back sooner by <see cref="FirewallMender"/>.</remarks>
internal sealed partial class DriftMender : IDisposable
{
    private static readonly TimeSpan WholeInterval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(500);

    // Everybody waits for a comparison: however quickly others change things, comparing takes a quarter of the time at most.
    private const int PausePerWork = 3;

    private readonly DriftWatch? _watch;
    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly ManualResetEventSlim _stopped = new();
    private readonly Thread _thread;
    private bool _hasBegun;
    private IReadOnlyList<string> _problems = [];

    private DriftMender(DriftWatch? watch, NetworkController controller, ILogger log)
    {
        _watch = watch;
        _controller = controller;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "drift" };
    }

    /// <summary>Begins to watch the calling thread's namespace, which the controller looks at afterwards: what is changed after its look
    /// is told.</summary>
    /// <param name="controller">Compares and repairs.</param>
    /// <param name="sandboxDirectory">The folder with the files of all containers.</param>
    /// <param name="log">Told what was put back, and what could not be.</param>
    public static DriftMender Watch(NetworkController controller, string sandboxDirectory, ILogger log)
    {
        DriftWatch? watch = null;
        try
        {
            watch = DriftWatch.Open(sandboxDirectory, problem => LogWatchFailed(log, problem));
        }
        catch (IOException error)
        {
            LogWatchFailed(log, error.Message);
        }

        return new DriftMender(watch, controller, log);
    }

    /// <summary>Begins to repair. The controller has recovered by now.</summary>
    public void Begin()
    {
        _thread.Start();
        _hasBegun = true;
    }

    /// <summary>Waits for a repair under way and stops the thread.</summary>
    public void Dispose()
    {
        _stopped.Set();
        _watch?.Stop();
        if (_hasBegun)
        {
            _thread.Join();
        }

        _watch?.Dispose();
        _stopped.Dispose();
    }

    private void Run()
    {
        try
        {
            if (_watch is not null && !Follow(_watch))
            {
                return;
            }
        }
        catch (Exception error) when (error is IOException or FormatException)
        {
            LogWatchFailed(_log, error.Message);
        }

        while (!_stopped.Wait(WholeInterval))
        {
            Mend(null);
        }
    }

    // Ends when the mender is stopped, with false.
    private bool Follow(DriftWatch watch)
    {
        long whole = Environment.TickCount64;
        TimeSpan pause = TimeSpan.Zero;
        while (watch.Wait(
            pause > ShortestInterval ? pause : ShortestInterval,
            TimeSpan.FromMilliseconds(whole + WholeInterval.TotalMilliseconds - Environment.TickCount64)) is { } owners)
        {
            long began = Environment.TickCount64;
            whole = owners.Count == 0 ? began : whole;
            Mend(owners.Count == 0 ? null : owners);
            pause = PausePerWork * TimeSpan.FromMilliseconds(Environment.TickCount64 - began);
        }

        return false;
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
        ];
        if (mended.Length > 0)
        {
            const int Named = 10;
            string more = mended.Length > Named ? $" and {mended.Length - Named} more" : "";
            LogMended(string.Join(", ", mended.Take(Named)) + more);
        }

        Tell([.. report.Problems, .. report.Left.Conflicts.Where(words => !words.StartsWith("firewall: ", StringComparison.Ordinal))]);
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
        Message = "what was changed or removed of ours is as it should be again: {What}")]
    private partial void LogMended(string what);

    [LoggerMessage(Level = LogLevel.Warning, Message = "what was changed or removed of ours stays so: {Problem}")]
    private partial void LogNotMended(string problem);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "changes by other programs are noticed only by a look each minute: {Reason}; start the daemon again")]
    private static partial void LogWatchFailed(ILogger log, string reason);
}
