using Net.Cnm.Errors;
using Net.Cnm.HealthChecks;

namespace Net.Controller.Rules;

/// <summary>Which health checks there are. Docker 28 takes a probe of an unknown kind and never runs it; here it is refused.</summary>
internal static class HealthCheckRule
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    /// <summary>Checks a health check.</summary>
    /// <returns>The same.</returns>
    /// <exception cref="CnmException">InvalidParameter: a time is too short, or the probe is none.</exception>
    public static HealthCheck Require(HealthCheck check)
    {
        RequireTime("Interval", check.AskedInterval);
        RequireTime("Timeout", check.AskedTimeout);
        if (check.AskedRetries < 0)
        {
            throw Invalid("Retries in Healthcheck cannot be negative");
        }

        RequireTime("StartPeriod", check.StartPeriod);
        RequireTime("StartInterval", check.AskedStartInterval);
        return check.Test switch
        {
            [] or [HealthCheck.None] => check,
            [HealthCheck.None, ..] => throw Invalid("Test in Healthcheck: NONE takes no further words; give it alone"),
            [HealthCheck.Words or HealthCheck.ShellText] => throw Invalid(
                $"Test in Healthcheck: {check.Test[0]} needs a command; add it as a further word, or use NONE"),
            [HealthCheck.Words or HealthCheck.ShellText, ..] => check,
            [var kind, ..] => throw Invalid($"Test in Healthcheck: unknown type \"{kind}\"; use NONE, CMD or CMD-SHELL"),
        };
    }

    private static void RequireTime(string name, TimeSpan asked)
    {
        if (asked != TimeSpan.Zero && asked < Shortest)
        {
            throw Invalid($"{name} in Healthcheck cannot be less than 1ms");
        }
    }

    private static CnmException Invalid(string message) => new(CnmErrorKind.InvalidParameter, message);
}
