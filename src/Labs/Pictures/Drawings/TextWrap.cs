namespace Net.Labs.Pictures.Drawings;

/// <summary>Breaks text into lines.</summary>
internal static class TextWrap
{
    /// <summary>Items in lines, a comma between them; an item is broken only when it is longer than a line.</summary>
    public static IEnumerable<string> Join(IEnumerable<string> items, int width)
    {
        string line = "";
        foreach (string item in items)
        {
            if (line.Length > 0 && line.Length + 2 + item.Length + 1 > width)
            {
                yield return line + ",";
                line = "";
            }

            line = line.Length == 0 ? item : $"{line}, {item}";
            while (line.Length > width)
            {
                int end = EndOfLine(line, width);
                yield return line[..end].TrimEnd();
                line = line[end..].TrimStart();
            }
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>A text in lines, broken at spaces where there are any.</summary>
    public static IEnumerable<string> Lines(string text, int width) => Join([text], width);

    private static int EndOfLine(string line, int width)
    {
        int space = line.LastIndexOf(' ', width);
        int end = space > 0 ? space : width;
        return char.IsHighSurrogate(line[end - 1]) ? end - 1 : end;
    }
}
