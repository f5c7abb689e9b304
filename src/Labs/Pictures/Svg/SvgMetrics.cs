namespace Net.Labs.Pictures.Svg;

/// <summary>How large text is, in pixels. All text has one width a character, so that no font needs to be measured.</summary>
internal static class SvgMetrics
{
    /// <summary>Around the whole drawing.</summary>
    public const int Margin = 16;

    /// <summary>From one line of text to the next.</summary>
    public const int LineHeight = 16;

    /// <summary>From a box's edge to its text.</summary>
    public const int Padding = 8;

    /// <summary>The characters that a line in a box may have: no address with its prefix length is broken.</summary>
    public const int Columns = 48;

    // Of 12 pixels; 0.602 of it is a character of DejaVu Sans Mono, 0.6 of Liberation Mono and Courier.
    private const double CharacterWidth = 7.3;

    /// <summary>The width of a line. East Asian and other wide characters count twice.</summary>
    public static int WidthOf(string text) =>
        (int)Math.Ceiling(text.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 ? 2 : 1) * CharacterWidth);
}
