using Net.Cnm.Errors;
using Net.Cnm.Identifiers;
using Net.Cnm.Processes;

namespace Net.Controller.Watches;

/// <summary>Watches one run of a sandbox's command and, when it exits, does what follows; tries again until that succeeds. It can be asked
/// for the exit before the command has been started.</summary>
/// <remarks>What follows can fail for as long as the disk is full. Whoever asks for the exit then gets the error of an attempt that is made
/// for them.</remarks>
/// <param name="sandbox">The sandbox.</param>
/// <param name="processes">The shims.</param>
/// <param name="onExit">Does what follows the exit and returns the exit code.</param>
/// <param name="log">Receives the first failure.</param>
/// <param name="time">The clock of the attempts.</param>
internal sealed class ExitWatch(
    SandboxId sandbox,
    ISandboxProcesses processes,
    Func<SandboxId, SandboxProcessState, Task<int>> onExit,
    IControllerLog log,
    TimeProvider time)
{
    private static readonly TimeSpan FirstInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private TaskCompletionSource<int> _attempt = New<int>();
    private TaskCompletionSource<bool> _asked = New<bool>();
    private TaskCompletionSource<bool> _failedStart = New<bool>();
    private bool _failedBefore;
    private volatile bool _isSuperseded;

    /// <summary>The watching itself; it ends when everything has been done, or when it is stopped.</summary>
    public Task Work { get; private set; } = Task.CompletedTask;

    /// <summary>Starts to watch, once, when the command has been started.</summary>
    /// <param name="stop">Ends the watching.</param>
    public void Begin(CancellationToken stop) => Work = Task.Run(
        async () =>
        {
            try
            {
                SandboxProcessState? state = null;
                await FinishAsync(async () => await onExit(sandbox, state ??= await WaitAsync(stop)), stop);
            }
            catch (Exception error)
            {
                if (error is not OperationCanceledException)
                {
                    log.Warning($"the end of container {sandbox.Short} could not be dealt with: {error.Message}");
                }

                Fail(error, last: true);
            }
        },
        CancellationToken.None);

    /// <summary>Gives those who ask this as the exit code, since the command will not be started.</summary>
    public void Settle(int code) => _attempt.TrySetResult(code);

    /// <summary>Ends the attempts, since another run begins: what would follow this one's end is not to befall that.</summary>
    public void Supersede() => _isSuperseded = true;

    /// <summary>Says that a start of the command has failed. Another one may follow.</summary>
    public void FailStart()
    {
        lock (_lock)
        {
            _failedStart.SetResult(true);
            _failedStart = New<bool>();
        }
    }

    /// <summary>Ends when the next start of the command fails.</summary>
    public Task FailedStart
    {
        get
        {
            lock (_lock)
            {
                return _failedStart.Task;
            }
        }
    }

    /// <summary>Ends the waiting of those who ask, since the controller ends.</summary>
    public void End() => Fail(new OperationCanceledException(), last: true);

    /// <summary>The outcome of the attempt that runs or comes next: the exit code, once all that follows the exit has been done, or the
    /// error. After an attempt that failed, the next one comes at once.</summary>
    public Task<int> Exit
    {
        get
        {
            lock (_lock)
            {
                if (_failedBefore)
                {
                    _asked.TrySetResult(true);
                }

                return _attempt.Task;
            }
        }
    }

    private static TaskCompletionSource<T> New<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<SandboxProcessState> WaitAsync(CancellationToken stop)
    {
        try
        {
            return await processes.WaitAsync(sandbox, stop);
        }
        catch (CnmException error) when (error.Kind == CnmErrorKind.NotFound)
        {
            // Its files are gone, as after a boot: it has ended, and nobody knows how.
            return new SandboxProcessState(ShimAlive: false, null, null, null, null);
        }
    }

    private async Task FinishAsync(Func<Task<int>> finish, CancellationToken stop)
    {
        for (TimeSpan interval = FirstInterval; ; interval = interval < LongestInterval ? interval * 2 : LongestInterval)
        {
            try
            {
                int code = await finish();
                _attempt.SetResult(code);
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                if (!_failedBefore)
                {
                    log.Warning($"the end of container {sandbox.Short} could not be dealt with and is tried again: {error.Message}");
                }

                Fail(error, last: false);
            }

            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
            await Task.WhenAny(Task.Delay(interval, time, either.Token), _asked.Task);
            await either.CancelAsync();
            stop.ThrowIfCancellationRequested();
            if (_isSuperseded)
            {
                throw new OperationCanceledException();
            }
        }
    }

    private void Fail(Exception error, bool last)
    {
        lock (_lock)
        {
            _attempt.SetException(error);
            _ = _attempt.Task.Exception; // most attempts have nobody who waits for them
            if (!last)
            {
                _failedBefore = true;
                _attempt = New<int>();
                _asked = New<bool>();
            }
        }
    }
}
