using System.Text.RegularExpressions;

namespace Net.Tests.TestKit.Documents;

/// <summary>What stands in a page outside of its fenced blocks: code in sentences, links and headings.</summary>
public static partial class PageProse
{
    /// <summary>The code in sentences, with the numbers of the lines where their paragraphs begin.</summary>
    public static IEnumerable<(int Line, string Code)> Spans(string text) =>
        from paragraph in Paragraphs(text)
        from Match span in Span().Matches(paragraph.Text)
        select (paragraph.Line, span.Groups["code"].Value.ReplaceLineEndings(" ").Trim());

    /// <summary>The targets of links and pictures, code left out, with the numbers of the lines where their paragraphs begin.</summary>
    public static IEnumerable<(int Line, string Target)> Links(string text) =>
        from paragraph in Paragraphs(text)
        from Match link in Link().Matches(Span().Replace(paragraph.Text, "code"))
        select (paragraph.Line, link.Groups["target"].Value);

    /// <summary>The names by which a link can lead into a page: of headings as GitHub makes them, and those that are given.</summary>
    public static IReadOnlySet<string> Anchors(string text)
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int _, string paragraph) in Paragraphs(text))
        {
            anchors.UnionWith(Heading().Matches(paragraph).Select(heading => AnchorOf(heading.Groups["text"].Value)));
            anchors.UnionWith(Given().Matches(paragraph).Select(given => given.Groups["name"].Value));
        }

        return anchors;
    }

    private static string AnchorOf(string heading) => new(
    [
        .. heading.Trim().ToLowerInvariant().Replace(' ', '-').Where(c => char.IsLetterOrDigit(c) || c is '-' or '_'),
    ]);

    private static IEnumerable<(int Line, string Text)> Paragraphs(string text)
    {
        bool isFenced = false;
        int begin = 0;
        var lines = new List<string>();
        foreach ((int index, string line) in text.Split('\n').Append("").Index())
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (!isFenced && !isFence && line.Length > 0)
            {
                begin = lines.Count == 0 ? index + 1 : begin;
                lines.Add(line);
            }
            else if (lines.Count > 0)
            {
                yield return (begin, string.Join('\n', lines));
                lines.Clear();
            }

            isFenced ^= isFence;
        }
    }

    [GeneratedRegex(@"(?<!`)(?<fence>`+)(?!`)(?<code>.+?)(?<!`)\k<fence>(?!`)", RegexOptions.Singleline)]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<a (id|name)=\"(?<name>[^\"]+)\">")]
    private static partial Regex Given();
}
