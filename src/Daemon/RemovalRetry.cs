using Net.Controller;
using Net.Controller.Recovery;

namespace Net.Daemon;

/// <summary>Does what the recovery or an operation could not do in the kernel, such as removing rules while the firewall's program failed,
/// or mending an object at which an error came up.</summary>
/// <remarks>It waits until that is reported. Then everything is mended repeatedly, with a growing interval from one second to one minute,
/// until nothing is left to do.</remarks>
internal sealed partial class RemovalRetry : IAsyncDisposable
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _reports = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;

    private IReadOnlyList<string> _problems = [];

    private RemovalRetry(NetworkController controller, ILogger log, bool atOnce)
    {
        _controller = controller;
        _log = log;
        controller.LeftBehind += OnLeftBehind;
        if (atOnce)
        {
            OnLeftBehind();
        }

        _work = Task.Run(RunAsync);
    }

    /// <summary>Starts to listen for what is left to do. The controller has recovered before.</summary>
    /// <param name="controller">Mends.</param>
    /// <param name="log">Receives what cannot be mended, each time that it is something else.</param>
    /// <param name="atOnce">Whether the recovery has left something to do.</param>
    public static RemovalRetry Start(NetworkController controller, ILogger log, bool atOnce) => new(controller, log, atOnce);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _controller.LeftBehind -= OnLeftBehind;
        await _stopping.CancelAsync();
        await _work;
        _stopping.Dispose();
        _reports.Dispose();
    }

    private void OnLeftBehind() => _reports.Release();

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _reports.WaitAsync(_stopping.Token);
                for (TimeSpan interval = FirstInterval; ; interval = interval < LongestInterval ? interval * 2 : interval)
                {
                    await Task.Delay(interval, _stopping.Token);
                    if (await IsCleanAsync())
                    {
                        LogClean();
                        break;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    private async Task<bool> IsCleanAsync()
    {
        while (_reports.Wait(0))
        {
            // One mending covers all leftovers that were reported so far.
        }

        try
        {
            MendingReport report = await _controller.MendAsync(endsUnknown: false, _stopping.Token);
            Report(report.Problems);
            return report.IsDone;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Report([error.Message]);
            return false;
        }
    }

    private void Report(IReadOnlyList<string> problems)
    {
        foreach (string problem in problems.Except(_problems, StringComparer.Ordinal))
        {
            LogProblem(problem);
        }

        _problems = problems;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "cannot be mended yet: {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "what could not be done in the kernel before is done now")]
    private partial void LogClean();
}
