using System.Text;

namespace Net.Cli.Manuals;

/// <summary>Writes a page in the man macros of roff, man(7), for man(1).</summary>
internal static class RoffText
{
    /// <summary>The page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="version">The version of netctl, for the line at the foot. There is no date, so that a build gives the same bytes
    /// again.</param>
    public static string Of(ManualPage page, string version)
    {
        var text = new StringBuilder();
        string title = Escape(page.Name.ToUpperInvariant());
        text.Append($".TH \"{title}\" \"{page.Number}\" \"\" \"netctl {Escape(version)}\" \"netctl manual\"\n");
        text.Append(".SH NAME\n").Append($"{Escape(page.Name)} \\- {Line(page.Summary)}\n");
        foreach (ManualSection section in page.Sections)
        {
            text.Append($".SH \"{Escape(section.Title.ToUpperInvariant())}\"\n");
            foreach (ManualBlock block in section.Blocks)
            {
                Write(text, block);
            }
        }

        return text.ToString();
    }

    /// <summary>A page that stands for another one of the same section.</summary>
    public static string LinkTo(ManualPage page) => $".so man{page.Number}/{page.Name}.{page.Number}\n";

    private static void Write(StringBuilder text, ManualBlock block)
    {
        switch (block)
        {
            case ManualBlock.Paragraph paragraph:
                text.Append($".PP\n{Line(paragraph.Text)}\n");
                break;
            case ManualBlock.Terms terms:
                foreach ((string term, string meaning) in terms.Entries)
                {
                    text.Append($".TP\n\\fB{Escape(term)}\\fR\n{Line(meaning)}\n");
                }

                break;
            case ManualBlock.Lines lines:
                text.Append(".PP\n.nf\n");
                foreach (string line in lines.Texts)
                {
                    text.Append($"\\&{Escape(line)}\n");
                }

                text.Append(".fi\n");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "a block without a form in roff");
        }
    }

    // Every second part stands between grave accents.
    private static string Line(string text)
    {
        string[] parts = text.Split('`');
        string line = string.Concat(parts.Select((part, index) => index % 2 == 0 ? Escape(part) : $"\\fB{Escape(part)}\\fR"));
        return line.StartsWith('.') || line.StartsWith('\'') ? $"\\&{line}" : line;
    }

    // What is typed is to be copied from the page as it is: groff(1) would print other characters for these (groff_char(7)).
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char one in text)
        {
            escaped.Append(one switch
            {
                '\\' => "\\(rs",
                '-' => "\\-",
                '\'' => "\\(aq",
                '"' => "\\(dq",
                '^' => "\\(ha",
                '~' => "\\(ti",
                '`' => "\\(ga",
                _ => one.ToString(),
            });
        }

        return escaped.ToString();
    }
}
