using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Svg;

/// <summary>A picture as a drawing for browsers and documents: it needs nothing from elsewhere, and nothing in it runs.</summary>
/// <remarks>From left to right: what is outside, the host with its published ports, its networks, their containers.</remarks>
internal static class SvgPicture
{
    private const int Lane = 14; // from one wire's line to the next
    private const int Gap = 24;

    /// <summary>Draws a picture that is in order.</summary>
    public static string Of(Picture picture)
    {
        var canvas = new SvgCanvas();
        SvgLabel[] wires = picture.Wires.Count > 0
            ? [.. picture.Wires.Select(wire => new SvgLabel().Add("name", TerminalText.Escape(wire.Name)))]
            : [new SvgLabel().Add("name", "outside")];
        int lanes = SvgMetrics.Margin + wires.Max(wire => wire.Width);
        int left = lanes + ((wires.Length + 1) * Lane);
        List<(PicturedHost Host, SvgHost Drawn, int Top)> hosts = [];
        int top = SvgMetrics.Margin;
        foreach (PicturedHost host in picture.Hosts)
        {
            var drawn = new SvgHost(host);
            hosts.Add((host, drawn, top));
            top = drawn.Draw(canvas, left, top).Bottom + Gap;
        }

        // A single one is beside what it leads to.
        int y = wires.Length == 1 && EndsOf(picture, 0, hosts).DefaultIfEmpty(0).First() is > 0 and var first
            ? first - (wires[0].Height / 2) : SvgMetrics.Margin + SvgHost.LinksTop;
        for (int index = 0; index < wires.Length; index++)
        {
            SvgArea box = wires[index].Draw(canvas, SvgMetrics.Margin, y, "wire", lanes - SvgMetrics.Margin);
            int lane = lanes + ((wires.Length - index) * Lane);
            int from = y + (box.Height / 2);
            List<int> ends = [from];
            foreach (int end in EndsOf(picture, index, hosts))
            {
                canvas.Line(SvgLooks.Pattern(index), (lane, end), (left + 16, end));
                canvas.Joint(lane, end);
                ends.Add(end);
            }

            canvas.Line(SvgLooks.Pattern(index), (box.Right, from), (lane, from));
            canvas.Line(SvgLooks.Pattern(index), (lane, ends.Min()), (lane, ends.Max()));
            y += box.Height + Gap;
        }

        return canvas.Document(Title(picture), Description(picture));
    }

    private static IEnumerable<int> EndsOf(Picture picture, int wire, List<(PicturedHost Host, SvgHost Drawn, int Top)> hosts) =>
        picture.Wires.Count == 0
            ? hosts.SelectMany(host => host.Host.Uplinks.Select(link => (string?)link.Interface).DefaultIfEmpty()
                .Select(link => host.Top + host.Drawn.PlaceOf(link)))
            : picture.Wires[wire].Ends.SelectMany(end => hosts.Where(host => host.Host.Name == end.Host)
                .Select(host => host.Top + host.Drawn.PlaceOf(end.Interface)));

    private static string Title(Picture picture) =>
        $"Networks of {string.Join(", ", picture.Hosts.Select(host => TerminalText.Escape(host.Name)))}";

    private static string Description(Picture picture) => string.Join(' ', picture.Hosts.Select(host =>
        $"Host {TerminalText.Escape(host.Name)} has {host.Networks.Count} networks and {host.Containers.Count} containers."
        + string.Concat(host.Networks.Select(network =>
            $" Network {TerminalText.Escape(network.Name)} ({PictureWords.Kind(network)}): "
            + $"{Names(new HostGroups(host).On(network))}."))));

    private static string Names(IEnumerable<PicturedContainer> containers) =>
        string.Join(", ", containers.Select(container => TerminalText.Escape(container.Name)).DefaultIfEmpty("no containers"));
}
