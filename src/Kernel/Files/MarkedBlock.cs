namespace Net.Kernel.Files;

/// <summary>The lines of ours in a file that others write to as well: they stand between two comment lines, and what is around them belongs
/// to others.</summary>
internal static class MarkedBlock
{
    private const string Begin = "# netctl: these lines are kept up to date\n";
    private const string End = "# netctl: end; other lines stay as they are\n";

    /// <summary>The text with our lines in it, in place of those that it has. Where it has none they come first, and lines equal to ours
    /// are dropped: a file of an earlier version has ours without marks.</summary>
    /// <param name="text">The text of the file; null when there is no file.</param>
    /// <param name="lines">Our lines, each with its line feed.</param>
    public static string Put(string? text, string lines)
    {
        string block = Begin + lines + End;
        if (Find(text ?? "") is { } found)
        {
            return text![..found.Start] + block + text[found.End..];
        }

        string[] dropped = block.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> others = (text ?? "").Split('\n').Where(line => !dropped.Contains(line, StringComparer.Ordinal));
        return block + string.Join('\n', others).TrimStart('\n');
    }

    /// <summary>Whether the text has exactly these lines of ours.</summary>
    public static bool IsIn(string text, string lines) =>
        Find(text) is { } found && text[found.Start..found.End] == Begin + lines + End;

    // The block from its first mark to its last; null when one of them is missing.
    private static (int Start, int End)? Find(string text)
    {
        int start = text.StartsWith(Begin, StringComparison.Ordinal) ? 0 : text.IndexOf("\n" + Begin, StringComparison.Ordinal) + 1;
        if (start == 0 && !text.StartsWith(Begin, StringComparison.Ordinal))
        {
            return null;
        }

        int end = text.IndexOf("\n" + End, start, StringComparison.Ordinal);
        return end < 0 ? null : (start, end + 1 + End.Length);
    }
}
