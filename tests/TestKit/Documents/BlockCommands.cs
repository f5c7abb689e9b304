using System.Text.RegularExpressions;

namespace Net.Tests.TestKit.Documents;

/// <summary>The commands of a block: all lines of <c>sh</c> as one; of <c>console</c> those after <c>$</c>, or after <c>HOST$</c>, each
/// with the lines that are shown after it.</summary>
public static partial class BlockCommands
{
    /// <summary>Reads the commands.</summary>
    /// <param name="page">The page.</param>
    /// <param name="block">One of its blocks that have commands.</param>
    /// <exception cref="FormatException">Output stands before the first command, or there is no such host.</exception>
    public static IReadOnlyList<PageCommand> Of(Page page, PageBlock block)
    {
        string host = Known(page, block.Line, block.Words.GetValueOrDefault("on", page.Hosts[0]));
        string[] lines = [.. block.Lines];
        return block.Language == "sh"
            ? [new PageCommand(block.Line, host, string.Join('\n', lines.Prepend("set -e")), [])]
            : Session(page, block.Line, host, lines);
    }

    private static List<PageCommand> Session(Page page, int above, string host, string[] lines)
    {
        var commands = new List<PageCommand>();
        for (int at = 0; at < lines.Length;)
        {
            int line = above + 1 + at;
            if (Prompt().Match(lines[at]) is not { Success: true } prompt)
            {
                throw new FormatException($"{page.Path}:{line}: a session begins with a command: $ COMMAND, or HOST$ COMMAND");
            }

            string text = prompt.Groups["command"].Value;
            for (at++; text.EndsWith('\\') && at < lines.Length; at++)
            {
                text += "\n" + lines[at];
            }

            string[] shown = [.. lines.Skip(at).TakeWhile(shown => !Prompt().IsMatch(shown))];
            at += shown.Length;
            string on = prompt.Groups["host"].Value;
            commands.Add(new PageCommand(line, on.Length == 0 ? host : Known(page, line, on), text, shown));
        }

        return commands;
    }

    private static string Known(Page page, int line, string host) => page.Hosts.Contains(host)
        ? host
        : throw new FormatException($"{page.Path}:{line}: there is no host \"{host}\"; the page has {string.Join(", ", page.Hosts)}");

    [GeneratedRegex(@"^(?<host>[a-z][a-z0-9-]*)?\$ (?<command>.*)$")]
    private static partial Regex Prompt();
}
