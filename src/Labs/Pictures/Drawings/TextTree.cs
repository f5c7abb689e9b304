using System.Text;

namespace Net.Labs.Pictures.Drawings;

/// <summary>A part of a text and its parts, to be drawn as a tree of plain characters.</summary>
/// <param name="Lines">Its own lines, at least one.</param>
internal sealed record TextTree(IReadOnlyList<string> Lines)
{
    /// <summary>The parts below it.</summary>
    public IReadOnlyList<TextTree> Parts { get; init; } = [];

    /// <summary>Whether an empty line goes before it.</summary>
    public bool IsApart { get; init; }

    /// <summary>Draws it from the left edge on. Every line ends with a line feed.</summary>
    public void Draw(StringBuilder output) => Draw(output, "", "");

    private void Draw(StringBuilder output, string first, string further)
    {
        string below = further + (Parts.Count > 0 ? "|  " : "");
        for (int i = 0; i < Lines.Count; i++)
        {
            output.Append(((i == 0 ? first : below) + Lines[i]).TrimEnd()).Append('\n');
        }

        for (int i = 0; i < Parts.Count; i++)
        {
            if (Parts[i].IsApart)
            {
                output.Append(further).Append("|\n");
            }

            bool isLast = i == Parts.Count - 1;
            Parts[i].Draw(output, further + (isLast ? "`- " : "+- "), further + (isLast ? "   " : "|  "));
        }
    }
}
