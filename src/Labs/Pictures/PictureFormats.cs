using Net.Labs.Pictures.Drawings;
using Net.Labs.Pictures.Parts;
using Net.Labs.Pictures.Svg;

namespace Net.Labs.Pictures;

/// <summary>The formats that a picture can be drawn in.</summary>
public static class PictureFormats
{
    /// <summary>For people at a terminal; the default.</summary>
    public const string Text = "text";

    /// <summary>Their names, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Names { get; } = ["dot", "json", "mermaid", "svg", Text];

    /// <summary>Draws a picture. The same things give the same characters, whatever order they are in.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="format">One of <see cref="Names"/>.</param>
    /// <param name="columns">The characters that a line of text should not exceed.</param>
    /// <exception cref="FormatException">There is no such format.</exception>
    public static string Draw(Picture picture, string format, int columns)
    {
        Picture ordered = PictureOrder.Of(picture);
        return format switch
        {
            Text => TextPicture.Of(ordered, columns),
            "dot" => DotPicture.Of(ordered),
            "json" => PictureJson.Of(ordered),
            "mermaid" => MermaidPicture.Of(ordered),
            "svg" => SvgPicture.Of(ordered),
            _ => throw Unknown(format),
        };
    }

    /// <summary>The error for a format that is not among <see cref="Names"/>, in one sentence.</summary>
    public static FormatException Unknown(string format) =>
        new($"invalid format {Linux.Terminals.TerminalText.Quote(format)}: use {string.Join(", ", Names.SkipLast(1))} or {Names[^1]}");
}
