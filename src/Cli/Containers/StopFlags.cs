using System.CommandLine;
using System.Globalization;
using Net.Cli.CommandLines;

namespace Net.Cli.Containers;

/// <summary>The options of the end of a command, shared by <c>stop</c> and <c>restart</c>.</summary>
internal sealed class StopFlags
{
    private readonly Option<string?> _time = Flags.One(
        "--time", "-t", "SECONDS", "How long to wait between the signal and SIGKILL; 10 when not given, -1 for ever");

    private readonly Option<string?> _signal = Flags.One(
        "--signal", "-s", "SIGNAL", "Signal to end it with, a name or a number; TERM when not given");

    public void AddTo(Command command)
    {
        _time.Aliases.Add("--timeout");
        command.Add(_time);
        command.Add(_signal);
    }

    /// <summary>The seconds to wait; null when not given.</summary>
    /// <exception cref="FormatException">They are not a whole number.</exception>
    public int? SecondsOf(ParseResult parsed) => parsed.GetValue(_time) is not { } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
        : throw new FormatException($"invalid argument \"{text}\" for \"-t, --time\" flag: it takes a whole number of seconds");

    /// <summary>The signal as it was given; null when not given.</summary>
    public string? SignalOf(ParseResult parsed) => parsed.GetValue(_signal);
}
