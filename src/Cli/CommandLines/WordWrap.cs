using System.Text;

namespace Net.Cli.CommandLines;

/// <summary>Breaks a paragraph into lines at its spaces.</summary>
internal static class WordWrap
{
    /// <summary>The lines, at least one. A word that is longer than a line has a line of its own.</summary>
    /// <param name="paragraph">Text without line feeds.</param>
    /// <param name="width">The most characters of a line.</param>
    public static IReadOnlyList<string> Lines(string paragraph, int width)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        return [.. lines, line.ToString()];
    }
}
