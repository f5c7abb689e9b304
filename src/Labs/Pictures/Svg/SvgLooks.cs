namespace Net.Labs.Pictures.Svg;

/// <summary>How things look. What is different has another shape, line or lightness, so that it is in black and white too.</summary>
internal static class SvgLooks
{
    /// <summary>Patterns of lines between networks and containers that are on several; further networks begin anew.</summary>
    private const int Patterns = 6;

    /// <summary>A plain line.</summary>
    public const string Solid = "pattern0";

    /// <summary>The style sheet.</summary>
    public const string Style =
        """
        text { font-family: "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; font-size: 12px; fill: #111; }
        text.name { font-weight: bold; }
        text.note { fill: #333; }
        text.title { font-weight: bold; font-size: 14px; }
        rect.paper { fill: #ffffff; }
        rect.host { fill: #f7f7f7; stroke: #222; stroke-width: 2; }
        rect.band { fill: #eef2f6; stroke: #8a97a5; stroke-width: 1; }
        rect.plain { fill: #ffffff; stroke: #999; stroke-width: 1; stroke-dasharray: 2 3; }
        rect.uplink { fill: #d0d7de; stroke: #222; stroke-width: 2; }
        rect.bridge { fill: #c3d3e3; stroke: #111; stroke-width: 2; }
        rect.internal { fill: #c3d3e3; stroke: #111; stroke-width: 2; stroke-dasharray: 8 4; }
        rect.ports { fill: #fff8e1; stroke: #222; stroke-width: 1; }
        rect.container { fill: #ffffff; stroke: #222; stroke-width: 1.2; rx: 7px; }
        rect.stopped { fill: #f2f2f2; stroke: #666; stroke-width: 1; stroke-dasharray: 4 3; rx: 7px; }
        rect.wire { fill: #ffffff; stroke: #222; stroke-width: 1.5; stroke-dasharray: 2 2; rx: 14px; }
        polyline { fill: none; stroke: #222; stroke-width: 1.6; }
        polyline.route { stroke: #777; stroke-width: 3; }
        polyline.pattern1 { stroke-dasharray: 9 4; stroke: #111; }
        polyline.pattern2 { stroke-dasharray: 2 3; stroke: #111; stroke-width: 2.2; }
        polyline.pattern3 { stroke-dasharray: 12 3 2 3; stroke: #333; }
        polyline.pattern4 { stroke: #888; stroke-width: 3; }
        polyline.pattern5 { stroke-dasharray: 5 5; stroke: #777; stroke-width: 3; }
        .joint { fill: #111; }
        """;

    /// <summary>The line of a network, by its place among the networks.</summary>
    public static string Pattern(int index) => $"pattern{index % Patterns}";
}
