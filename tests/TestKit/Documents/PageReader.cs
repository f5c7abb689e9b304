using System.Text.RegularExpressions;

namespace Net.Tests.TestKit.Documents;

/// <summary>Reads a page, and refuses what would hide a command from the tests.</summary>
public static partial class PageReader
{
    private const string WorldBegins = "<!-- x-netlab";
    private const string WorldEnds = "-->";

    private static readonly string[] UsualWorld = ["hosts:", "  host: {}"];
    private static readonly string[] Languages = ["sh", "console", "text", "yaml", "json", "csharp", "python"];
    private static readonly string[] KnownWords = ["on", "in", "exits", "within", "kernel", "run-by"];

    /// <summary>Reads a page.</summary>
    /// <param name="path">Its path from the root, for messages.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="FormatException">A block has no language or an unknown one, an unknown word, or no end; or there is an indented
    /// block, which would not be run.</exception>
    public static Page Read(string path, string text)
    {
        string[] lines = text.Split('\n');
        string[]? world = null;
        var blocks = new List<PageBlock>();
        for (int at = 0; at < lines.Length; at++)
        {
            if (lines[at] == WorldBegins)
            {
                world = [.. lines.Skip(at + 1).TakeWhile(line => line != WorldEnds)];
                at += world.Length + 1;
            }
            else if (Fence().Match(lines[at]) is { Success: true } fence)
            {
                PageBlock block = ReadBlock(path, lines, at, fence);
                blocks.Add(block);
                at += block.Lines.Count + 1;
            }
            else if (lines[at].StartsWith("    ", StringComparison.Ordinal) && (at == 0 || lines[at - 1].Length == 0))
            {
                throw new FormatException($"{path}:{at + 1}: an indented block is not run: put it between ```sh or ```text and ```");
            }
        }

        return new Page(path, world ?? UsualWorld, blocks);
    }

    private static PageBlock ReadBlock(string path, string[] lines, int at, Match fence)
    {
        string place = $"{path}:{at + 1}";
        string indent = fence.Groups["indent"].Value;
        string[] words = fence.Groups["words"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [{ } language, ..] || !Languages.Contains(language))
        {
            throw new FormatException($"{place}: the block has no language of these: {string.Join(", ", Languages)}");
        }

        int end = Array.IndexOf(lines, indent + "```", at + 1);
        if (end < 0)
        {
            throw new FormatException($"{place}: the block has no end");
        }

        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] word in words.Skip(1).Select(word => word.Split('=', 2)))
        {
            if (word.Length < 2 || !KnownWords.Contains(word[0]))
            {
                throw new FormatException($"{place}: \"{word[0]}\" is no word of a block: write one of {string.Join("=, ", KnownWords)}=");
            }

            named[word[0]] = word[1];
        }

        string[] inside = [.. lines[(at + 1)..end].Select(line => line.Length > indent.Length ? line[indent.Length..] : "")];
        return new PageBlock(at + 1, language, named, inside);
    }

    [GeneratedRegex(@"^(?<indent> *)```(?<words>.*)$")]
    private static partial Regex Fence();
}
