using Net.Cnm.HealthChecks;

namespace Net.Controller.HealthChecks;

/// <summary>What follows from probes, as in Docker 28.</summary>
internal static class HealthRule
{
    /// <summary>How many probes are remembered.</summary>
    private const int LogLength = 5;

    /// <summary>The health at a start of the container. What the probes of an earlier run found is still told.</summary>
    public static SandboxHealth AtStart(SandboxHealth? before) => SandboxHealth.Starting with { Log = before?.Log ?? [] };

    /// <summary>The health once no probe is run any more: nobody knows, which counts as bad.</summary>
    public static SandboxHealth AtEnd(SandboxHealth before) => before with { Status = HealthStatus.Unhealthy };

    /// <summary>The health after a probe.</summary>
    /// <param name="before">The health before it.</param>
    /// <param name="check">The health check.</param>
    /// <param name="result">How the probe went.</param>
    /// <param name="started">When the container was started.</param>
    public static SandboxHealth After(SandboxHealth before, HealthCheck check, ProbeResult result, DateTimeOffset started)
    {
        SandboxHealth logged = before with { Log = [.. before.Log.TakeLast(LogLength - 1), result] };
        if (result.ExitCode == 0)
        {
            return logged with { Status = HealthStatus.Healthy, FailingStreak = 0 };
        }

        if (before.Status == HealthStatus.Starting && result.Start - started < check.StartPeriod)
        {
            return logged;
        }

        int streak = before.FailingStreak + 1;
        return logged with { FailingStreak = streak, Status = streak >= check.Retries ? HealthStatus.Unhealthy : before.Status };
    }

    /// <summary>The time from now to the next probe.</summary>
    /// <param name="status">The health now.</param>
    /// <param name="check">The health check.</param>
    /// <param name="sinceStart">The time since the container was started.</param>
    public static TimeSpan Pause(HealthStatus status, HealthCheck check, TimeSpan sinceStart) =>
        status == HealthStatus.Starting && sinceStart < check.StartPeriod ? check.StartInterval : check.Interval;
}
