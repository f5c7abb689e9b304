using Net.Api.Containers;
using Net.Cnm.Errors;
using Net.Cnm.HealthChecks;

namespace Net.Daemon.Http;

/// <summary>Turns Docker's health check of a request into that of a container, and back; and what the probes found into Docker's
/// document.</summary>
internal static class HealthRequests
{
    /// <summary>Parses a health check; null for none. A part of 100 ns counts as none.</summary>
    /// <exception cref="CnmException">InvalidParameter: a time is negative or so short that it would count as none.</exception>
    public static HealthCheck? Parse(HealthConfig? config) => config is null ? null : new HealthCheck
    {
        Test = config.Test ?? [],
        AskedInterval = TimeOf(nameof(config.Interval), config.Interval),
        AskedTimeout = TimeOf(nameof(config.Timeout), config.Timeout),
        StartPeriod = TimeOf(nameof(config.StartPeriod), config.StartPeriod),
        AskedStartInterval = TimeOf(nameof(config.StartInterval), config.StartInterval),
        AskedRetries = config.Retries,
    };

    /// <summary>The document of a health check.</summary>
    public static HealthConfig? ViewOf(HealthCheck? check) => check is null ? null : new HealthConfig
    {
        Test = check.Test.Count > 0 ? check.Test : null,
        Interval = NanosecondsOf(check.AskedInterval),
        Timeout = NanosecondsOf(check.AskedTimeout),
        StartPeriod = NanosecondsOf(check.StartPeriod),
        StartInterval = NanosecondsOf(check.AskedStartInterval),
        Retries = check.AskedRetries,
    };

    /// <summary>The document of what the probes found.</summary>
    public static ContainerHealth? ViewOf(SandboxHealth? health) => health is null ? null : new ContainerHealth
    {
        Status = HealthWord.Of(health.Status),
        FailingStreak = health.FailingStreak,
        Log =
        [
            .. health.Log.Select(result => new HealthcheckResult
            {
                Start = result.Start,
                End = result.End,
                ExitCode = result.ExitCode,
                Output = result.Output,
            }),
        ],
    };

    // The controller looks at the rest of what is too short.
    private static TimeSpan TimeOf(string name, long nanoseconds) =>
        nanoseconds != 0 && nanoseconds < TimeSpan.NanosecondsPerTick
            ? throw new CnmException(CnmErrorKind.InvalidParameter, $"{name} in Healthcheck cannot be less than 1ms")
            : TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);

    private static long NanosecondsOf(TimeSpan time) => time.Ticks * TimeSpan.NanosecondsPerTick;
}
