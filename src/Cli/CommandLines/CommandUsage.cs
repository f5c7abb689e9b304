using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>The words by which help and manual pages name a command's parts.</summary>
internal static class CommandUsage
{
    /// <summary>The command line of a command: its path, [OPTIONS], its arguments.</summary>
    public static string LineOf(Command command, string path)
    {
        IEnumerable<string> words = command.Subcommands.Count > 0 ? ["COMMAND"] : command.Arguments.Select(Word);
        return string.Join(' ', [path, "[OPTIONS]", .. words]);
    }

    /// <summary>The commands below a command that are shown.</summary>
    public static IEnumerable<Command> CommandsOf(Command command) => command.Subcommands.Where(c => !c.Hidden);

    /// <summary>The options of a command with what they are for, that of its help last.</summary>
    public static IEnumerable<(string? Shorthand, string Name, string Description)> OptionsOf(Command command)
    {
        foreach (Option option in command.Options)
        {
            string? shorthand = option.Aliases.FirstOrDefault(a => a.Length == 2);
            yield return (shorthand, option.HelpName is { } value ? $"{option.Name} {value}" : option.Name, option.Description ?? "");
        }

        yield return (command.Options.Any(o => o.Aliases.Contains("-h")) ? null : "-h", "--help", "Show this help");
    }

    /// <summary>The first line of a command's description.</summary>
    public static string SummaryOf(Command command) => (command.Description ?? "").Split('\n')[0];

    private static string Word(Argument argument)
    {
        string word = argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name;
        bool repeats = argument.Arity.MaximumNumberOfValues > 1 && !argument.Name.EndsWith("...]", StringComparison.Ordinal);
        return repeats ? $"{word} [{argument.Name}...]" : word;
    }
}
