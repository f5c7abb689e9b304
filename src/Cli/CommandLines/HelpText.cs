using System.CommandLine;

namespace Net.Cli.CommandLines;

/// <summary>Writes the help of a command in Docker's layout: usage, description, commands, options, examples.</summary>
internal static class HelpText
{
    private const string UsageWord = "Usage:  ";
    private const int LeastWidth = 40;

    // A name that is longer has its description on the lines below it.
    private const int WidestName = 30;

    /// <summary>The help of a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="path">Its names from the root.</param>
    /// <param name="width">The columns to wrap at; fewer than 40 count as 40. Words and examples are not broken.</param>
    public static string Of(Command command, string path, int width)
    {
        width = Math.Max(width, LeastWidth);
        var text = new StringWriter { NewLine = "\n" };
        IReadOnlyList<string> usage = WordWrap.Lines(CommandUsage.LineOf(command, path), width - UsageWord.Length);
        text.WriteLine(UsageWord + usage[0]);
        WriteAll(text, new string(' ', UsageWord.Length), usage.Skip(1));
        text.WriteLine();
        foreach (string paragraph in (command.Description ?? "").Split('\n'))
        {
            WriteAll(text, "", WordWrap.Lines(paragraph, width));
        }

        if (command.Aliases.Count > 0)
        {
            Section(text, "Aliases", [(string.Join(", ", command.Aliases), "")], width);
        }

        Section(text, "Commands", [.. CommandUsage.CommandsOf(command).Select(c => (c.Name, CommandUsage.SummaryOf(c)))], width);
        Section(text, "Arguments", [.. command.Arguments.Select(a => (a.Name, a.Description ?? ""))], width);
        Section(
            text, "Options",
            [.. CommandUsage.OptionsOf(command).Select(o => ((o.Shorthand is { } name ? $"{name}, " : "    ") + o.Name, o.Description))],
            width);
        if (command is Verb { Example.Length: > 0 } verb)
        {
            text.WriteLine();
            text.WriteLine("Examples:");
            WriteAll(text, "  ", verb.Example.Split('\n'));
        }

        if (command.Subcommands.Count > 0)
        {
            text.WriteLine();
            WriteAll(text, "", WordWrap.Lines($"Run '{path} COMMAND --help' for more about a command.", width));
        }

        return text.ToString();
    }

    private static void Section(StringWriter text, string title, IReadOnlyList<(string Name, string Description)> rows, int width)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.WriteLine();
        text.WriteLine($"{title}:");
        int column = rows.Select(r => r.Name.Length).Where(l => l <= Math.Min(WidestName, width / 2)).DefaultIfEmpty(0).Max();
        string margin = new(' ', column + 5);
        foreach ((string name, string description) in rows)
        {
            IReadOnlyList<string> lines = WordWrap.Lines(description, width - margin.Length);
            if (name.Length > column)
            {
                text.WriteLine($"  {name}");
                WriteAll(text, margin, lines.Where(l => l.Length > 0));
                continue;
            }

            text.WriteLine($"  {name.PadRight(column)}   {lines[0]}".TrimEnd());
            WriteAll(text, margin, lines.Skip(1));
        }
    }

    private static void WriteAll(StringWriter text, string margin, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.WriteLine(margin + line);
        }
    }
}
