using System.Text;

namespace Net.Labs.Pictures.Svg;

/// <summary>A drawing of rectangles, lines and text. Lengths are in pixels. Source: w3.org, Scalable Vector Graphics 1.1.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder _grounds = new();
    private readonly StringBuilder _frames = new();
    private readonly StringBuilder _lines = new();
    private readonly StringBuilder _boxes = new();

    /// <summary>The right and the lower edge of what has been drawn.</summary>
    public (int Right, int Bottom) Extent { get; private set; }

    /// <summary>What frames lie on, below everything else.</summary>
    public void Ground(SvgArea area, string look) => Rectangle(_grounds, area, look);

    /// <summary>A frame, below lines and boxes.</summary>
    public void Frame(SvgArea area, string look) => Rectangle(_frames, area, look);

    /// <summary>A box, above frames and lines.</summary>
    public void Box(SvgArea area, string look) => Rectangle(_boxes, area, look);

    /// <summary>A line from corner to corner, below boxes.</summary>
    public void Line(string look, params (int X, int Y)[] corners)
    {
        string points = string.Join(' ', corners.Select(corner => Invariant($"{corner.X},{corner.Y}")));
        _lines.Append($"<polyline class=\"{look}\" points=\"{points}\"/>\n");
        foreach ((int x, int y) in corners)
        {
            Reach(x, y);
        }
    }

    /// <summary>A dot where lines meet.</summary>
    public void Joint(int x, int y) => _lines.Append(Invariant($"<circle class=\"joint\" cx=\"{x}\" cy=\"{y}\" r=\"3\"/>\n"));

    /// <summary>An arrow that points to the right, its tip at the place.</summary>
    public void Arrow(int x, int y) =>
        _lines.Append(Invariant($"<path class=\"joint\" d=\"M {x},{y} l -9,-4 v 8 z\"/>\n"));

    /// <summary>A line of text, above everything else.</summary>
    /// <param name="x">Its left edge.</param>
    /// <param name="baseline">Where its letters stand.</param>
    /// <param name="look">Its class.</param>
    /// <param name="text">The text, which is safe for a terminal.</param>
    public void Text(int x, int baseline, string look, string text)
    {
        _boxes.Append(Invariant($"<text x=\"{x}\" y=\"{baseline}\" class=\"{look}\">")).Append(Escape(text)).Append("</text>\n");
        Reach(x + SvgMetrics.WidthOf(text), baseline);
    }

    /// <summary>The whole document.</summary>
    /// <param name="title">What it is, in a few words.</param>
    /// <param name="description">What it shows, for those who do not see it.</param>
    public string Document(string title, string description)
    {
        (int width, int height) = (Extent.Right + SvgMetrics.Margin, Extent.Bottom + SvgMetrics.Margin);
        return Invariant(
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"
                role="img" aria-labelledby="title desc">
            <title id="title">{Escape(title)}</title>
            <desc id="desc">{Escape(description)}</desc>
            <style>
            {SvgLooks.Style}
            </style>
            <rect class="paper" x="0" y="0" width="{width}" height="{height}"/>

            """) + _grounds + _frames + _lines + _boxes + "</svg>\n";
    }

    /// <summary>Text as XML has it.</summary>
    public static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    private void Rectangle(StringBuilder layer, SvgArea area, string look)
    {
        layer.Append(Invariant(
            $"<rect class=\"{look}\" x=\"{area.X}\" y=\"{area.Y}\" width=\"{area.Width}\" height=\"{area.Height}\"/>\n"));
        Reach(area.Right, area.Bottom);
    }

    private void Reach(int x, int y) => Extent = (Math.Max(Extent.Right, x), Math.Max(Extent.Bottom, y));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
