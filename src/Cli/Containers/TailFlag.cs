using System.CommandLine;
using System.Globalization;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary>The option <c>--tail</c> of the verbs that print logs.</summary>
internal sealed class TailFlag
{
    private readonly Option<string?> _tail = Flags.One("--tail", "-n", "N", "Only the last N lines; all when not given");

    public void AddTo(Command command) => command.Add(_tail);

    /// <summary>The number as it was given, or <c>all</c>; null when not given.</summary>
    /// <exception cref="FormatException">It is neither.</exception>
    public string? Of(ParseResult parsed) => parsed.GetValue(_tail) is not { } text ? null
        : text == "all" || int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? text
        : throw new FormatException(
            $"invalid argument {TerminalText.Word(text)} for \"-n, --tail\" flag: it takes a number of lines, or all");
}
