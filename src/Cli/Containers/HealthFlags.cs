using System.CommandLine;
using System.Globalization;
using Net.Api.Containers;
using Net.Api.Texts;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The options <c>--health-*</c> and <c>--no-healthcheck</c> of <c>run</c> and <c>create</c>.</summary>
internal sealed class HealthFlags
{
    private readonly Option<string?> _command = Flags.One(
        "--health-cmd", null, "COMMAND", "Text for /bin/sh that is run in the container to see whether it works: exit code 0 says so");

    private readonly Option<string?> _interval = Flags.One(
        "--health-interval", null, "DURATION", "Time between two checks, and before the first, such as 1m30s; 30s when not given");

    private readonly Option<string?> _timeout = Flags.One(
        "--health-timeout", null, "DURATION", "How long a check may take before it is ended and counts as failed; 30s when not given");

    private readonly Option<string?> _retries = Flags.One(
        "--health-retries", null, "COUNT", "How many checks in a row fail before the container is unhealthy; 3 when not given");

    private readonly Option<string?> _startPeriod = Flags.One(
        "--health-start-period", null, "DURATION", "Time after the start in which failed checks do not count; 0s when not given");

    private readonly Option<string?> _startInterval = Flags.One(
        "--health-start-interval", null, "DURATION", "Time between two checks in the start period; 5s when not given");

    private readonly Option<bool> _none = Flags.Switch("--no-healthcheck", null, "Check nothing, as when no option for it is given");

    public void AddTo(Command command)
    {
        command.Add(_command);
        command.Add(_interval);
        command.Add(_timeout);
        command.Add(_retries);
        command.Add(_startPeriod);
        command.Add(_startInterval);
        command.Add(_none);
    }

    /// <summary>The health check; null when none of the options was given.</summary>
    /// <exception cref="FormatException">A value is wrong, or the options contradict each other. The message is Docker's.</exception>
    public HealthConfig? ConfigOf(ParseResult parsed)
    {
        string command = parsed.GetValue(_command) ?? "";
        var config = new HealthConfig
        {
            Test = command.Length > 0 ? ["CMD-SHELL", command] : null,
            Interval = DurationOf(parsed, _interval),
            Timeout = DurationOf(parsed, _timeout),
            Retries = RetriesOf(parsed),
            StartPeriod = DurationOf(parsed, _startPeriod),
            StartInterval = DurationOf(parsed, _startInterval),
        };
        bool isEmpty = config == new HealthConfig();
        if (parsed.GetValue(_none))
        {
            return isEmpty
                ? new HealthConfig { Test = ["NONE"] }
                : throw new FormatException("--no-healthcheck conflicts with --health-* options");
        }

        Option<string?>? negative = config.Interval < 0 ? _interval
            : config.Timeout < 0 ? _timeout
            : config.Retries < 0 ? _retries
            : config.StartPeriod < 0 ? _startPeriod
            : config.StartInterval < 0 ? _startInterval
            : null;
        return negative is not null ? throw new FormatException($"{negative.Name} cannot be negative") : isEmpty ? null : config;
    }

    private static long DurationOf(ParseResult parsed, Option<string?> option)
    {
        string? text = parsed.GetValue(option);
        try
        {
            return text is null ? 0 : Duration.Parse(text);
        }
        catch (FormatException error)
        {
            throw new FormatException($"invalid argument \"{text}\" for \"{option.Name}\" flag: {error.Message}", error);
        }
    }

    private int RetriesOf(ParseResult parsed) => parsed.GetValue(_retries) is not { } text ? 0
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) ? count
        : throw new FormatException(
            $"invalid argument \"{text}\" for \"{_retries.Name}\" flag: it takes a whole number of checks");
}
