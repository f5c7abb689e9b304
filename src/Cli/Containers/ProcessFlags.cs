using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary>The options that <c>run</c> and <c>exec</c> share: those of the command.</summary>
internal sealed class ProcessFlags
{
    private readonly Option<bool> _detach = Flags.Switch("--detach", "-d", "Leave it running in the background");
    private readonly Option<bool> _interactive = Flags.Switch("--interactive", "-i", "Pass standard input on");
    private readonly Option<bool> _tty = Flags.Switch("--tty", "-t", "Give it a terminal");
    private readonly Option<string[]> _environment = Flags.Many("--env", "-e", "KEY[=VALUE]", "Environment variable; without a value, the one it has here");

    public void AddTo(Command command)
    {
        command.Add(_detach);
        command.Add(_interactive);
        command.Add(_tty);
        command.Add(_environment);
    }

    public bool IsDetached(ParseResult parsed) => parsed.GetValue(_detach);

    public bool HasInput(ParseResult parsed) => parsed.GetValue(_interactive);

    public bool HasTerminal(ParseResult parsed) => parsed.GetValue(_tty);

    /// <summary>Rows and columns of the terminal here, for a command with one of its own; null where there is none.</summary>
    public IReadOnlyList<ushort>? ConsoleSizeOf(ParseResult parsed)
    {
        using var output = StandardStream.OpenOutput();
        return HasTerminal(parsed) && TerminalMode.SizeOf(output.Descriptor) is { } size ? [size.Rows, size.Columns] : null;
    }

    /// <summary>The variables asked for, and with a terminal the name of the one here, for the programs are the host's and know it.</summary>
    public IReadOnlyList<string> EnvironmentOf(ParseResult parsed)
    {
        IReadOnlyList<string> asked = KeyValues.Environment(parsed.GetValue(_environment)!);
        return HasTerminal(parsed) && !asked.Any(v => v.StartsWith("TERM=", StringComparison.Ordinal))
            ? [$"TERM={Environment.GetEnvironmentVariable("TERM") ?? "xterm"}", .. asked]
            : asked;
    }
}
