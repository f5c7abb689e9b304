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
        from Match link in Link().Matches(Span().Replace(paragraph.Text, "code")).Concat(Named().Matches(paragraph.Text))
        select (paragraph.Line, link.Groups["target"].Value);

    /// <summary>Links whose text is code, with the code; also those whose target stands elsewhere in the page
    /// (<c>[text][name]</c>).</summary>
    public static IEnumerable<(int Line, string Code, string Target)> CodeLinks(string text)
    {
        var named = Named().Matches(text).ToDictionary(
            one => one.Groups["name"].Value, one => one.Groups["target"].Value, StringComparer.OrdinalIgnoreCase);
        return
            from paragraph in Paragraphs(text)
            from Match link in CodeLink().Matches(paragraph.Text)
            let target = link.Groups["target"] is { Success: true } direct
                ? direct.Value
                : named.GetValueOrDefault(link.Groups["name"].Value)
            where target is not null
            select (paragraph.Line, link.Groups["code"].Value, target);
    }

    /// <summary>Paragraphs that end with a colon, so that what they announce has to come next, with what does: the beginning of its
    /// line.</summary>
    public static IEnumerable<(int Line, string Announcing, string Next)> Announcements(string text)
    {
        string[] lines = text.Split('\n');
        bool isFenced = false;
        foreach ((int index, string line) in lines.Index())
        {
            isFenced ^= IsFence(line);
            if (!isFenced && line.EndsWith(':') && lines.ElementAtOrDefault(index + 1) is null or "")
            {
                yield return (index + 1, line, lines.Skip(index + 1).FirstOrDefault(next => next.Length > 0) ?? "");
            }
        }
    }

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
            bool isFence = IsFence(line);
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

    private static bool IsFence(string line) => line.TrimStart().StartsWith("```", StringComparison.Ordinal);

    [GeneratedRegex(@"(?<!`)(?<fence>`+)(?!`)(?<code>.+?)(?<!`)\k<fence>(?!`)", RegexOptions.Singleline)]
    private static partial Regex Span();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)[^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[`(?<code>[^`\]]+)`\](\((?<target>[^)\s]+)[^)]*\)|\[(?<name>[^\]]+)\])")]
    private static partial Regex CodeLink();

    [GeneratedRegex(@"^\[(?<name>[^\]]+)\]: (?<target>\S+)$", RegexOptions.Multiline)]
    private static partial Regex Named();

    [GeneratedRegex("^#{1,6} (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("<a (id|name)=\"(?<name>[^\"]+)\">")]
    private static partial Regex Given();
}
