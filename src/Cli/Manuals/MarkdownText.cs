using System.Text;

namespace Net.Cli.Manuals;

/// <summary>Writes a page as Markdown.</summary>
internal static class MarkdownText
{
    private const int Width = 140;

    /// <summary>The page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="linkOf">Gives the file of a page that a text names as <c>name(section)</c>; null where there is none.</param>
    public static string Of(ManualPage page, Func<string, string?> linkOf)
    {
        var text = new StringBuilder();
        text.Append($"# {page.Name}({page.Number})\n");
        foreach (ManualSection section in page.Sections)
        {
            text.Append($"\n## {section.Title}\n");
            foreach (ManualBlock block in section.Blocks)
            {
                text.Append('\n');
                Write(text, block, linkOf);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, ManualBlock block, Func<string, string?> linkOf)
    {
        switch (block)
        {
            case ManualBlock.Paragraph paragraph:
                foreach (string line in CommandLines.WordWrap.Lines(Linked(paragraph.Text, linkOf), Width))
                {
                    text.Append(line).Append('\n');
                }

                break;
            case ManualBlock.Terms terms:
                text.Append("| | |\n|---|---|\n");
                foreach ((string term, string meaning) in terms.Entries)
                {
                    text.Append($"| `{term.Replace("|", "\\|", StringComparison.Ordinal)}` | {Cell(Linked(meaning, linkOf))} |\n");
                }

                break;
            case ManualBlock.Lines lines:
                text.Append("```text\n");
                foreach (string line in lines.Texts)
                {
                    text.Append(line).Append('\n');
                }

                text.Append("```\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "a block without a form in Markdown");
        }
    }

    private static string Linked(string text, Func<string, string?> linkOf) => string.Join(' ', text.Split(' ').Select(word =>
    {
        string name = word.TrimEnd(',', '.', ';');
        return name.EndsWith(')') && linkOf(name) is { } file ? $"[{name}]({file}){word[name.Length..]}" : word;
    }));

    private static string Cell(string text) => text
        .Replace("|", "\\|", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal);
}
