using System.Data.Common;
using Net.Cnm.Errors;
using Net.Controller;

namespace Net.Daemon;

/// <summary>Removes what an operation could not remove from the kernel, such as rules while the firewall's program failed.</summary>
/// <remarks>It waits until an operation reports leftovers. Then everything is mended repeatedly, with a growing interval from one second to
/// one minute, until nothing is left. What an earlier daemon left behind is found and removed by the recovery at start.</remarks>
internal sealed partial class RemovalRetry : IAsyncDisposable
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(1);

    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _reports = new(0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _work;

    private RemovalRetry(NetworkController controller, ILogger log)
    {
        _controller = controller;
        _log = log;
        controller.LeftBehind += OnLeftBehind;
        _work = Task.Run(RunAsync);
    }

    /// <summary>Starts to listen for leftovers. The controller has recovered before.</summary>
    public static RemovalRetry Start(NetworkController controller, ILogger log) => new(controller, log);

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
            return (await _controller.MendAsync(_stopping.Token)).Problems.Count == 0;
        }
        catch (Exception error) when (error is CnmException or IOException or DbException)
        {
            return false; // The operation has logged the reason already; it is tried again later.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "what could not be removed from the kernel before is removed now")]
    private partial void LogClean();
}
