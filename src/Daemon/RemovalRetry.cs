using Net.Controller;
using Net.Controller.Recovery;

namespace Net.Daemon;

/// <summary>Does what the recovery or an operation could not do, such as removing rules while the firewall's program failed, mending an
/// object at which an error came up, or telling a plug-in that did not answer.</summary>
/// <remarks>It waits until that is reported. Then it is tried repeatedly, with a growing interval from one second to one minute, until
/// nothing is left to do. A new report begins with one second again: what it is about may be possible now. There is one for the kernel and
/// one for plug-ins, since these may take long to answer.</remarks>
internal sealed partial class RemovalRetry : IAsyncDisposable
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly Func<CancellationToken, Task<MendingReport>> _attempt;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _report = NewReport();
    private Action _unsubscribe = () => { };
    private readonly Task _work;
    private IReadOnlyList<string> _problems = [];

    /// <summary>Makes one that waits for <see cref="Report"/>.</summary>
    /// <param name="attempt">Tries all that is left to do.</param>
    /// <param name="log">Receives what cannot be done, each time that it is something else.</param>
    /// <param name="time">The clock.</param>
    public RemovalRetry(Func<CancellationToken, Task<MendingReport>> attempt, ILogger log, TimeProvider time)
    {
        _attempt = attempt;
        _log = log;
        _time = time;
        _work = Task.Run(RunAsync);
    }

    /// <summary>Starts the one that mends the kernel. The controller has recovered before.</summary>
    /// <param name="controller">Mends.</param>
    /// <param name="log">Receives what cannot be mended.</param>
    /// <param name="atOnce">Whether the recovery has left something to do.</param>
    public static RemovalRetry OfKernel(NetworkController controller, ILogger log, bool atOnce)
    {
        var retry = new RemovalRetry(controller.MendKernelAsync, log, TimeProvider.System);
        controller.LeftBehind += retry.Report;
        retry._unsubscribe = () => controller.LeftBehind -= retry.Report;
        return atOnce ? retry.AtOnce() : retry;
    }

    /// <summary>Starts the one that tells plug-ins, as <see cref="OfKernel"/>.</summary>
    public static RemovalRetry OfPlugins(NetworkController controller, ILogger log, bool atOnce)
    {
        var retry = new RemovalRetry(stop => controller.MendAsync(endsUnknown: false, stop), log, TimeProvider.System);
        controller.PluginsLeftBehind += retry.Report;
        retry._unsubscribe = () => controller.PluginsLeftBehind -= retry.Report;
        return atOnce ? retry.AtOnce() : retry;
    }

    /// <summary>Says that something is left to do.</summary>
    public void Report()
    {
        lock (_lock)
        {
            _report.TrySetResult();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _unsubscribe();
        await _stopping.CancelAsync();
        await _work;
        _stopping.Dispose();
    }

    private static TaskCompletionSource NewReport() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RemovalRetry AtOnce()
    {
        Report();
        return this;
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _report.Task.WaitAsync(_stopping.Token);
                for (TimeSpan interval = FirstInterval; ; interval = interval < LongestInterval ? interval * 2 : interval)
                {
                    if (await IsReportedWithinAsync(interval))
                    {
                        interval = FirstInterval;
                        await Task.Delay(interval, _time, _stopping.Token);
                        ForgetReports(); // the attempt covers all that was reported by now
                    }

                    if (await IsDoneAsync())
                    {
                        break;
                    }
                }

                LogDone();
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    private void ForgetReports()
    {
        lock (_lock)
        {
            if (_report.Task.IsCompleted)
            {
                _report = NewReport();
            }
        }
    }

    private async Task<bool> IsReportedWithinAsync(TimeSpan interval)
    {
        try
        {
            await _report.Task.WaitAsync(interval, _time, _stopping.Token);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<bool> IsDoneAsync()
    {
        try
        {
            MendingReport report = await _attempt(_stopping.Token);
            Tell(report.Problems);
            return report.IsDone;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Tell([error.Message]);
            return false;
        }
    }

    private void Tell(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems.Except(_problems, StringComparer.Ordinal))
        {
            LogProblem(problem);
        }

        _problems = problems;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "cannot be done yet: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "what could not be done before is done now")]
    private partial void LogDone();
}
