using Net.Cnm.Errors;
using Net.Cnm.HealthChecks;
using Net.Controller.HealthChecks;
using Net.Controller.Rules;

namespace Net.Tests.Unit.Controller.HealthChecks;

/// <summary>What follows from probes, and which health checks there are. Source of the expectations: Docker Engine 28,
/// daemon/health.go and daemon/container.go.</summary>
public sealed class HealthRuleTests
{
    private static readonly DateTimeOffset Started = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Theory]
    [InlineData("0", "h0")]
    [InlineData("111", "s1 s2 u3")]
    [InlineData("110111", "s1 s2 h0 h1 h2 u3")]
    [InlineData("11110", "s1 s2 u3 u4 h0")]
    public void Three_failures_in_a_row_make_unhealthy_and_one_success_healthy(string codes, string expected) =>
        Assert.Equal(expected, Walk(new HealthCheck { Test = ["CMD", "x"] }, codes));

    [Fact]
    public void In_the_start_period_failures_count_from_the_first_success_on()
    {
        var check = new HealthCheck { Test = ["CMD", "x"], StartPeriod = TimeSpan.FromSeconds(5), AskedRetries = 2 };
        Assert.Equal("s0 s0 s0 s0 s0 s1 u2", Walk(check, "1111111")); // a second apart, the first at the start
        Assert.Equal("s0 h0 h1 u2", Walk(check, "1011"));
    }

    [Fact]
    public void Until_the_first_success_the_probes_of_the_start_period_have_an_interval_of_their_own()
    {
        var check = new HealthCheck
        {
            Test = ["CMD", "x"],
            AskedInterval = TimeSpan.FromSeconds(20),
            StartPeriod = TimeSpan.FromSeconds(10),
            AskedStartInterval = TimeSpan.FromSeconds(2),
        };
        Assert.Equal(2, HealthRule.Pause(HealthStatus.Starting, check, TimeSpan.FromSeconds(9)).TotalSeconds);
        Assert.Equal(20, HealthRule.Pause(HealthStatus.Starting, check, TimeSpan.FromSeconds(10)).TotalSeconds);
        Assert.Equal(20, HealthRule.Pause(HealthStatus.Healthy, check, TimeSpan.FromSeconds(9)).TotalSeconds);
    }

    [Fact]
    public void What_is_not_given_is_Dockers()
    {
        var check = new HealthCheck { Test = ["CMD-SHELL", "true"] };
        Assert.Equal((30, 30, 5, 0, 3), (
            check.Interval.TotalSeconds, check.Timeout.TotalSeconds, check.StartInterval.TotalSeconds, check.StartPeriod.TotalSeconds,
            check.Retries));
        Assert.Equal(["/bin/sh", "-c", "true"], check.Command);
        Assert.Equal(["ls", "/"], new HealthCheck { Test = ["CMD", "ls", "/"] }.Command);
        Assert.Null(new HealthCheck { Test = ["NONE"] }.Command);
        Assert.Null(new HealthCheck { Test = [] }.Command);
    }

    [Fact]
    public void The_last_five_probes_are_remembered_over_a_start_too()
    {
        SandboxHealth health = SandboxHealth.Starting;
        for (int i = 1; i <= 7; i++)
        {
            health = HealthRule.After(health, new HealthCheck { Test = ["CMD", "x"] }, Result(i), Started);
        }

        Assert.Equal([3, 4, 5, 6, 7], health.Log.Select(result => result.ExitCode));
        SandboxHealth again = HealthRule.AtStart(HealthRule.AtEnd(health));
        Assert.Equal((HealthStatus.Starting, 0, 5), (again.Status, again.FailingStreak, again.Log.Count));
        Assert.Equal(HealthStatus.Unhealthy, HealthRule.AtEnd(health with { Status = HealthStatus.Healthy }).Status);
    }

    [Theory]
    [InlineData("Interval in Healthcheck cannot be less than 1ms", 0.9, 0, 0, 0, 0)]
    [InlineData("Timeout in Healthcheck cannot be less than 1ms", 1, -5, 0, 0, 0)]
    [InlineData("Retries in Healthcheck cannot be negative", 1, 1, -1, 0, 0)]
    [InlineData("StartPeriod in Healthcheck cannot be less than 1ms", 1, 1, 1, 0.0001, 0)]
    [InlineData("StartInterval in Healthcheck cannot be less than 1ms", 1, 1, 1, 1, 0.5)]
    public void Times_that_are_too_short_are_refused_in_Dockers_words(
        string words, double interval, double timeout, int retries, double startPeriod, double startInterval)
    {
        var check = new HealthCheck
        {
            Test = ["CMD", "x"],
            AskedInterval = TimeSpan.FromMilliseconds(interval),
            AskedTimeout = TimeSpan.FromMilliseconds(timeout),
            AskedRetries = retries,
            StartPeriod = TimeSpan.FromMilliseconds(startPeriod),
            AskedStartInterval = TimeSpan.FromMilliseconds(startInterval),
        };
        Assert.Equal(words, Assert.Throws<CnmException>(() => HealthCheckRule.Require(check)).Message);
    }

    [Theory]
    [InlineData("Test in Healthcheck: unknown type \"true\"; use NONE, CMD or CMD-SHELL", "true")]
    [InlineData("Test in Healthcheck: CMD needs a command; add it as a further word, or use NONE", "CMD")]
    [InlineData("Test in Healthcheck: CMD-SHELL needs a command; add it as a further word, or use NONE", "CMD-SHELL")]
    [InlineData("Test in Healthcheck: NONE takes no further words; give it alone", "NONE", "true")]
    public void A_probe_that_is_none_is_refused(string words, params string[] test)
    {
        CnmException error = Assert.Throws<CnmException>(() => HealthCheckRule.Require(new HealthCheck { Test = test }));
        Assert.Equal((CnmErrorKind.InvalidParameter, words), (error.Kind, error.Message));
    }

    [Theory]
    [InlineData(1, "1ms")]
    [InlineData(1.5, "1.5ms")]
    [InlineData(2000, "2s")]
    [InlineData(4500, "4.5s")]
    [InlineData(60_000, "1m0s")]
    [InlineData(90_250, "1m30.25s")]
    [InlineData(3_600_000, "1h0m0s")]
    [InlineData(90_000_000, "25h0m0s")]
    public void Durations_are_written_as_Go_does(double milliseconds, string text) =>
        Assert.Equal(text, DurationText.Of(TimeSpan.FromMilliseconds(milliseconds)));

    // The first letter of each status and the failing streak, one after each probe.
    private static string Walk(HealthCheck check, string codes)
    {
        var steps = new List<string>();
        SandboxHealth health = SandboxHealth.Starting;
        foreach ((int second, char code) in codes.Index())
        {
            ProbeResult result = Result(code - '0') with { Start = Started.AddSeconds(second) };
            health = HealthRule.After(health, check, result, Started);
            steps.Add($"{HealthWord.Of(health.Status)[0]}{health.FailingStreak}");
        }

        return string.Join(' ', steps);
    }

    private static ProbeResult Result(int code) => new(Started, Started, code, "");
}
