using Net.Cnm.HealthChecks;
using Net.Cnm.Identifiers;

namespace Net.Controller.HealthChecks;

/// <summary>Probes one run of a sandbox, as long as it runs and is not paused.</summary>
/// <param name="id">The sandbox.</param>
/// <param name="check">Its health check.</param>
/// <param name="started">When this run began.</param>
/// <param name="probe">Runs one probe of the sandbox; its result is null when the sandbox has ended or is gone.</param>
/// <param name="time">The clock.</param>
internal sealed class HealthMonitor(
    SandboxId id,
    HealthCheck check,
    DateTimeOffset started,
    Func<SandboxId, CancellationToken, Task<ProbeResult?>> probe,
    TimeProvider time)
    : IDisposable
{
    private readonly CancellationTokenSource _end = new();

    /// <summary>Ends the probing, a probe that runs included.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    /// <summary>Probes until it is disposed of or the controller ends.</summary>
    /// <param name="health">The health of the sandbox now.</param>
    /// <param name="record">Takes a result. It returns the health that follows, and null when it wants no more.</param>
    /// <param name="stop">The controller ends.</param>
    public Task RunAsync(SandboxHealth health, Func<ProbeResult, SandboxHealth?> record, CancellationToken stop)
    {
        var either = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stop);
        return Task.Run(() => RunUntilAsync(health, record, either), CancellationToken.None);
    }

    private async Task RunUntilAsync(SandboxHealth health, Func<ProbeResult, SandboxHealth?> record, CancellationTokenSource end)
    {
        using (end)
        {
            for (SandboxHealth? now = health; now is not null;)
            {
                await Task.Delay(HealthRule.Pause(now.Status, check, time.GetUtcNow() - started), time, end.Token);
                if (await ProbeAsync(end.Token) is { } result)
                {
                    now = record(result);
                }
            }
        }
    }

    private async Task<ProbeResult?> ProbeAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset start = time.GetUtcNow();
        try
        {
            return await probe(id, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return new ProbeResult(start, time.GetUtcNow(), -1, error.Message);
        }
    }
}
