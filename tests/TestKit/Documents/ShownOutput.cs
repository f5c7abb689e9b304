using System.Text;
using System.Text.RegularExpressions;

namespace Net.Tests.TestKit.Documents;

/// <summary>What a page shows of a command's output, as a pattern. <c>...</c> in a line stands for any text, a line <c>...</c> for any
/// lines, and two spaces or more for any number of them and of tabs: columns are as wide as what is in them.</summary>
public static partial class ShownOutput
{
    private const string Any = "...";

    /// <summary>The pattern, for <see cref="RegexOptions.Multiline"/>.</summary>
    /// <param name="shown">The lines.</param>
    public static string PatternOf(IEnumerable<string> shown)
    {
        var pattern = new StringBuilder(@"\A");
        foreach (string line in shown)
        {
            pattern.Append(line.Trim() == Any ? "(?s:.*?)" : $"^{string.Join(".*?", line.TrimEnd().Split(Any).Select(PartOf))}[ \t]*$\n?");
        }

        return pattern.Append(@"\z").ToString();
    }

    private static string PartOf(string text) => Spaces().Replace(Regex.Escape(text), @"[ \t]+");

    [GeneratedRegex(@"(\\ ){2,}")]
    private static partial Regex Spaces();
}
