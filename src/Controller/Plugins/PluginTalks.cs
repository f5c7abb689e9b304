using System.Collections.Concurrent;
using Net.Cnm.DesiredState;
using Net.Cnm.Errors;

namespace Net.Controller.Plugins;

/// <summary>The talks with plug-ins that are under way. Questions are asked for a command and end with it. Farewells go on when the command
/// no longer waits for them; whoever has the same one to say meanwhile waits for the one under way.</summary>
/// <param name="time">The clock.</param>
internal sealed class PluginTalks(TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<OwnerId, Lazy<Task<string?>>> _farewells = new();
    private readonly CancellationTokenSource _stopping = new();
    private CancellationTokenSource _questions = new();
    private bool _disposed;

    /// <summary>Begins to count what one command may wait.</summary>
    public PluginPatience BeginPatience() => new(time);

    /// <summary>Asks a plug-in something.</summary>
    /// <exception cref="CnmException">Unavailable: the daemon stops, or everything is removed (<see cref="BreakOffQuestions"/>). Others are
    /// those of <paramref name="ask"/>.</exception>
    public async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellationToken)
    {
        CancellationToken brokenOff = Volatile.Read(ref _questions).Token;
        using var all = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, brokenOff, _stopping.Token);
        try
        {
            return await ask(all.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CnmException(
                CnmErrorKind.Unavailable,
                $"{(_stopping.IsCancellationRequested ? "the daemon was stopped" : "everything was removed")} while a plug-in was asked; "
                    + "try again");
        }
    }

    /// <summary>Says a farewell, or waits for the one under way.</summary>
    /// <param name="owner">What is gone.</param>
    /// <param name="say">Says it. The result is why that was not possible; null when it was.</param>
    /// <param name="cancellationToken">Ends the wait, not the farewell.</param>
    /// <returns>The result of <paramref name="say"/>.</returns>
    public Task<string?> SayAsync(OwnerId owner, Func<CancellationToken, Task<string?>> say, CancellationToken cancellationToken)
    {
        Lazy<Task<string?>> farewell = _farewells.GetOrAdd(owner, _ => new Lazy<Task<string?>>(() => RunAsync(owner, say)));
        return farewell.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Waits for what plug-ins are told of what is gone, not longer than a command's patience and not while the daemon stops. What
    /// is not done by then goes on.</summary>
    public async Task WaitAsync(Task told, PluginPatience patience)
    {
        try
        {
            await told.WaitAsync(patience.Left, time, _stopping.Token);
        }
        catch (Exception error) when (error is TimeoutException or OperationCanceledException)
        {
            // It goes on by itself.
        }
    }

    /// <summary>Ends all questions, since what they are about is removed.</summary>
    public void BreakOffQuestions()
    {
        Interlocked.Exchange(ref _questions, new CancellationTokenSource()).Cancel();
    }

    /// <summary>Ends all talks and the waiting for them: the daemon stops. What was not said is said by the next one.</summary>
    public void Stop() => _stopping.Cancel();

    /// <summary>Ends all talks and waits until they have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stopping.CancelAsync();
        foreach (Lazy<Task<string?>> farewell in _farewells.Values)
        {
            await farewell.Value;
        }
    }

    // It never throws: some farewells have nobody who waits for them.
    private async Task<string?> RunAsync(OwnerId owner, Func<CancellationToken, Task<string?>> say)
    {
        await Task.Yield(); // the entry is in the dictionary before it is taken out
        try
        {
            return await say(_stopping.Token);
        }
        catch (CnmException error)
        {
            return error.Message;
        }
        catch (OperationCanceledException)
        {
            return "the daemon was stopped while a plug-in was told; the next one tells it";
        }
        finally
        {
            _farewells.TryRemove(owner, out _);
        }
    }
}
