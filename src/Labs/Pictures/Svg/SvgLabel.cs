using Net.Labs.Pictures.Drawings;

namespace Net.Labs.Pictures.Svg;

/// <summary>A box with lines of text, not yet at a place.</summary>
internal sealed class SvgLabel
{
    private readonly List<(string Look, string Text)> _lines = [];

    /// <summary>Its width in pixels, that its text needs.</summary>
    public int Width => _lines.Select(line => SvgMetrics.WidthOf(line.Text)).DefaultIfEmpty().Max() + (2 * SvgMetrics.Padding);

    /// <summary>Its height in pixels.</summary>
    public int Height => (_lines.Count * SvgMetrics.LineHeight) + SvgMetrics.Padding;

    /// <summary>The number of lines until now.</summary>
    public int Count => _lines.Count;

    /// <summary>Adds a text, broken where it is too long for one line; what follows is set in.</summary>
    public SvgLabel Add(string look, string text)
    {
        foreach ((int index, string line) in TextWrap.Lines(text, SvgMetrics.Columns).Index())
        {
            _lines.Add((look, index == 0 ? line : $"  {line}"));
        }

        return this;
    }

    /// <summary>Adds texts as <see cref="Add"/> does.</summary>
    public SvgLabel AddAll(string look, IEnumerable<string> texts)
    {
        foreach (string text in texts)
        {
            Add(look, text);
        }

        return this;
    }

    /// <summary>The middle of a line, in pixels below the upper edge.</summary>
    public static int MiddleOf(int line) => (SvgMetrics.Padding / 2) + (line * SvgMetrics.LineHeight) + (SvgMetrics.LineHeight / 2);

    /// <summary>Draws it.</summary>
    /// <param name="canvas">The drawing.</param>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its upper edge.</param>
    /// <param name="look">The class of its box.</param>
    /// <param name="width">Its width; null for what the text needs.</param>
    /// <returns>Where it is.</returns>
    public SvgArea Draw(SvgCanvas canvas, int x, int y, string look, int? width = null)
    {
        var area = new SvgArea(x, y, width ?? Width, Height);
        canvas.Box(area, look);
        foreach ((int index, (string textLook, string text)) in _lines.Index())
        {
            canvas.Text(x + SvgMetrics.Padding, y + MiddleOf(index) + 4, textLook, text);
        }

        return area;
    }
}
