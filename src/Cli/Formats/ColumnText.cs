using System.Text;

namespace Net.Cli.Formats;

/// <summary>Aligns tab-separated cells in columns as Docker's tables do: to the left, three spaces apart, at least ten characters
/// wide.</summary>
/// <remarks>Docker uses Go's text/tabwriter with a minimum cell width of 10 (padding counted) and a padding of 3; the last cell of a line
/// is not padded.</remarks>
internal static class ColumnText
{
    private const int MinimumWidth = 10;
    private const int Padding = 3;

    /// <summary>The aligned lines, each with a final line feed.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="minimumWidth">How wide a cell is at least, in characters.</param>
    public static string Align(IReadOnlyList<string> lines, int minimumWidth = MinimumWidth)
    {
        string[][] rows = [.. lines.Select(l => l.Split('\t'))];
        var widths = new List<int>();
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length - 1; i++)
            {
                if (i == widths.Count)
                {
                    widths.Add(0);
                }

                // In Go's tabwriter a column whose cells are all empty has no width.
                int length = Width(row[i]);
                widths[i] = Math.Max(widths[i], length == 0 ? 0 : Math.Max(minimumWidth, length + Padding));
            }
        }

        var output = new StringBuilder();
        foreach (string[] row in rows)
        {
            for (int i = 0; i < row.Length - 1; i++)
            {
                output.Append(row[i]).Append(' ', widths[i] - Width(row[i]));
            }

            output.Append(row[^1]).Append('\n');
        }

        return output.ToString();
    }

    private static int Width(string cell) => cell.EnumerateRunes().Count();
}
