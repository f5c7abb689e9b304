using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>Writes the help of a command in Docker's layout: usage, description, commands, options.</summary>
internal static class HelpText
{
    public static string Of(Command command, string path)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"Usage:  {Usage(command, path)}");
        text.WriteLine();
        text.WriteLine(command.Description);
        if (command.Aliases.Count > 0)
        {
            Section(text, "Aliases", [(string.Join(", ", command.Aliases), "")]);
        }

        Section(text, "Commands", [.. command.Subcommands.Select(c => (c.Name, FirstLine(c.Description)))]);
        Section(text, "Arguments", [.. command.Arguments.Select(a => (a.Name, a.Description ?? ""))]);
        Section(text, "Options", [.. command.Options.Select(o => (Names(o), o.Description ?? "")), ("    --help", "Show this help")]);
        if (command.Subcommands.Count > 0)
        {
            text.WriteLine();
            text.WriteLine($"Run '{path} COMMAND --help' for more about a command.");
        }

        return text.ToString();
    }

    private static string Usage(Command command, string path)
    {
        IEnumerable<string> words = command.Subcommands.Count > 0 ? ["COMMAND"] : command.Arguments.Select(Word);
        return string.Join(' ', [path, "[OPTIONS]", .. words]);
    }

    private static string Word(Argument argument)
    {
        string word = argument.Arity.MinimumNumberOfValues == 0 ? $"[{argument.Name}]" : argument.Name;
        bool repeats = argument.Arity.MaximumNumberOfValues > 1 && !argument.Name.EndsWith("...]", StringComparison.Ordinal);
        return repeats ? $"{word} [{argument.Name}...]" : word;
    }

    private static string Names(Option option)
    {
        string? shorthand = option.Aliases.FirstOrDefault(a => a.Length == 2);
        string names = (shorthand is null ? "    " : shorthand + ", ") + option.Name;
        return option.HelpName is { } value ? $"{names} {value}" : names;
    }

    private static string FirstLine(string? text) => (text ?? "").Split('\n')[0];

    private static void Section(StringWriter text, string title, IReadOnlyList<(string Name, string Description)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.WriteLine();
        text.WriteLine($"{title}:");
        int width = rows.Max(r => r.Name.Length);
        foreach ((string name, string description) in rows)
        {
            text.WriteLine($"  {name.PadRight(width)}   {description}".TrimEnd());
        }
    }
}
