using System.CommandLine;
using System.Text;

namespace Net.Cli.Manuals;

/// <summary>The whole manual of netctl: a page a command, and one for each file that a person writes.</summary>
internal static class Manual
{
    /// <summary>The name of the file that lists the pages in Markdown.</summary>
    public const string Index = "README.md";

    /// <summary>All pages.</summary>
    public static IReadOnlyList<ManualPage> Of(Command root) => [.. CommandPages.Of(root), SettingsPage.Create(), LabFilePage.Create()];

    /// <summary>The files of the manual for man(1), with their folders: <c>man1/netctl-run.1</c>.</summary>
    public static IReadOnlyDictionary<string, string> ForMan(IReadOnlyList<ManualPage> pages, string version)
    {
        var files = new Dictionary<string, string>();
        foreach (ManualPage page in pages)
        {
            files.Add(ManFile(page.Name), RoffText.Of(page, version));
            foreach (string alias in page.Aliases)
            {
                files.Add(ManFile(alias), RoffText.LinkTo(page));
            }

            string ManFile(string name) => $"man{page.Number}/{name}.{page.Number}";
        }

        return files;
    }

    /// <summary>The files of the manual in Markdown, with a list of them.</summary>
    public static IReadOnlyDictionary<string, string> InMarkdown(IReadOnlyList<ManualPage> pages)
    {
        var index = new StringBuilder(
            """
            # Reference
            A page a command, and one for each file that a person writes. They are made from the command tree by `netctl manual`; the same
            pages are installed for man(1).

            | page | what |
            |---|---|

            """);
        var files = new Dictionary<string, string>();
        foreach (ManualPage page in pages)
        {
            files.Add(FileOf(page), MarkdownText.Of(page, name => pages.FirstOrDefault(one => NameOf(one) == name) is { } named
                ? FileOf(named)
                : null));
            index.Append($"| [{NameOf(page)}]({FileOf(page)}) | {page.Summary} |\n");
        }

        files.Add(Index, index.ToString());
        return files;
    }

    private static string NameOf(ManualPage page) => $"{page.Name}({page.Number})";

    private static string FileOf(ManualPage page) => $"{page.Name}.{page.Number}.md";
}
