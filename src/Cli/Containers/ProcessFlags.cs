using System.CommandLine;
using Net.Cli.CommandLines;
using Net.Linux.Terminals;

namespace Net.Cli.Containers;

/// <summary>The options of the command to start, shared by <c>run</c>, <c>create</c> and <c>exec</c>.</summary>
internal sealed class ProcessFlags
{
    private readonly Option<bool> _detach = Flags.Switch("--detach", "-d", "Leave it running in the background");
    private readonly Option<bool> _interactive = Flags.Switch("--interactive", "-i", "Pass standard input on");
    private readonly Option<bool> _tty = Flags.Switch("--tty", "-t", "Give it a terminal");
    private readonly EnvironmentFlags _environment = new();
    private readonly IdentityFlags _identity = new();

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="canDetach">Whether the verb starts the command, in the foreground or not.</param>
    public void AddTo(Command command, bool canDetach = true)
    {
        if (canDetach)
        {
            command.Add(_detach);
        }

        command.Add(_interactive);
        command.Add(_tty);
        _environment.AddTo(command);
        _identity.AddTo(command);
    }

    public bool IsDetached(ParseResult parsed) => parsed.GetValue(_detach);

    /// <summary>Whether any of the options, other than that for the background, was given.</summary>
    public bool IsAskedFor(ParseResult parsed) =>
        HasInput(parsed) || HasTerminal(parsed) || _environment.AreAskedFor(parsed) || _identity.AreAskedFor(parsed);

    /// <summary>The working directory; null when not given.</summary>
    public string? DirectoryOf(ParseResult parsed) => _identity.DirectoryOf(parsed);

    /// <summary>The user, and the group; null when not given.</summary>
    public string? UserOf(ParseResult parsed) => _identity.UserOf(parsed);

    public bool HasInput(ParseResult parsed) => parsed.GetValue(_interactive);

    public bool HasTerminal(ParseResult parsed) => parsed.GetValue(_tty);

    /// <summary>Rows and columns of this program's terminal, for a command with a terminal; null when there is none.</summary>
    public IReadOnlyList<ushort>? ConsoleSizeOf(ParseResult parsed)
    {
        using var output = StandardStream.OpenOutput();
        return HasTerminal(parsed) && TerminalMode.SizeOf(output.Descriptor) is { } size ? [size.Rows, size.Columns] : null;
    }

    /// <summary>The requested variables, and with a terminal TERM of this program, since the host's programs know this terminal.</summary>
    public IReadOnlyList<string> EnvironmentOf(ParseResult parsed)
    {
        IReadOnlyList<string> asked = _environment.Of(parsed);
        return HasTerminal(parsed) && !asked.Any(v => v.StartsWith("TERM=", StringComparison.Ordinal))
            ? [$"TERM={Environment.GetEnvironmentVariable("TERM") ?? "xterm"}", .. asked]
            : asked;
    }
}
