using System.CommandLine;
using Net.Api.Containers;
using Net.Cli.Containers;

namespace Net.Tests.Unit.Cli;

/// <summary>The options of <c>run</c> and <c>create</c> for the health of a container. Source of the expectations: docker/cli 28,
/// cli/command/container/opts.go.</summary>
public sealed class HealthFlagTests
{
    [Fact]
    public void Every_option_has_its_field_and_none_asks_for_nothing()
    {
        HealthConfig config = Parse(
            "--health-cmd", "curl -f localhost", "--health-interval", "1m30s", "--health-timeout", "1.5s", "--health-retries", "4",
            "--health-start-period", "2h", "--health-start-interval", "300ms")!;
        Assert.Equal(["CMD-SHELL", "curl -f localhost"], config.Test);
        Assert.Equal(
            (90_000_000_000, 1_500_000_000, 4, 7_200_000_000_000, 300_000_000),
            (config.Interval, config.Timeout, config.Retries, config.StartPeriod, config.StartInterval));
        Assert.Null(Parse());
        Assert.Null(Parse("--health-cmd", "", "--health-interval", "0"));
        Assert.Equal(["NONE"], Parse("--no-healthcheck")!.Test);
        Assert.Null(Parse("--health-interval", "5s")!.Test);
    }

    [Theory]
    [InlineData("--no-healthcheck conflicts with --health-* options", "--no-healthcheck", "--health-cmd", "true")]
    [InlineData("--no-healthcheck conflicts with --health-* options", "--no-healthcheck", "--health-start-interval", "1s")]
    [InlineData("--health-interval cannot be negative", "--health-interval", "-1s")]
    [InlineData("--health-timeout cannot be negative", "--health-timeout", "-1s")]
    [InlineData("--health-retries cannot be negative", "--health-retries", "-1")]
    [InlineData("--health-start-period cannot be negative", "--health-start-period", "-1s")]
    [InlineData("--health-start-interval cannot be negative", "--health-start-interval", "-1s")]
    [InlineData("invalid argument \"5\" for \"--health-interval\" flag: time: missing unit in duration \"5\"", "--health-interval", "5")]
    [InlineData("invalid argument \"x\" for \"--health-timeout\" flag: time: invalid duration \"x\"", "--health-timeout", "x")]
    [InlineData("invalid argument \"x\" for \"--health-retries\" flag: it takes a whole number of checks", "--health-retries", "x")]
    public void Wrong_values_are_refused_in_Dockers_words(string words, params string[] arguments) =>
        Assert.Equal(words, Assert.Throws<FormatException>(() => Parse(arguments)).Message);

    private static HealthConfig? Parse(params string[] arguments)
    {
        var flags = new HealthFlags();
        var command = new Command("run");
        flags.AddTo(command);
        return flags.ConfigOf(command.Parse(arguments));
    }
}
