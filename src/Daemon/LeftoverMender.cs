using System.Data.Common;
using Net.Cnm.Errors;
using Net.Controller;

namespace Net.Daemon;

/// <summary>Tries again to remove what an operation could not remove from the kernel, such as rules while the firewall's program failed.</summary>
/// <remarks>Nothing is looked at until something was left; then the whole is mended again and again, more and more seldom, until nothing is left.</remarks>
internal sealed partial class LeftoverMender : IAsyncDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly NetworkController _controller;
    private readonly ILogger _log;
    private readonly SemaphoreSlim _left = new(0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _work;

    private LeftoverMender(NetworkController controller, ILogger log)
    {
        _controller = controller;
        _log = log;
        controller.LeftBehind += Note;
        _work = Task.Run(RunAsync);
    }

    /// <summary>Begins to listen; the controller has recovered by then.</summary>
    public static LeftoverMender Start(NetworkController controller, ILogger log) => new(controller, log);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _controller.LeftBehind -= Note;
        await _end.CancelAsync();
        await _work;
        _end.Dispose();
        _left.Dispose();
    }

    private void Note() => _left.Release();

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _left.WaitAsync(_end.Token);
                for (TimeSpan wait = FirstWait; ; wait = wait < LongestWait ? wait * 2 : wait)
                {
                    await Task.Delay(wait, _end.Token);
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
            // The daemon ends.
        }
    }

    private async Task<bool> IsCleanAsync()
    {
        while (_left.Wait(0))
        {
            // One mending is for all that was left until now; what is left from now on is for another.
        }

        try
        {
            return (await _controller.MendAsync(_end.Token)).Problems.Count == 0;
        }
        catch (Exception error) when (error is CnmException or IOException or DbException)
        {
            return false; // the same again at the next try; the operation has told it
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "what could not be removed from the kernel before is removed now")]
    private partial void LogClean();
}
