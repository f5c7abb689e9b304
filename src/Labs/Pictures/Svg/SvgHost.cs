using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Svg;

/// <summary>One host: its links at the top, below them a band a network, at the right the containers on several.</summary>
internal sealed class SvgHost
{
    private const int Inset = 16;
    private const int Header = 34; // for the title
    private const int Gap = 14; // between bands
    private const int RouteOffset = 18; // of the line from the host's links down to the networks, from the links' left edge
    private const int PortsOffset = 44; // of the ports' column from the links' left edge
    private const int Arrow = 34; // between ports and bridges

    private readonly PicturedHost _host;
    private readonly HostGroups _groups;
    private readonly SvgLabel _links;
    private readonly SvgBand[] _bands;

    public SvgHost(PicturedHost host)
    {
        _host = host;
        _groups = new HostGroups(host);
        _links = new SvgLabel().Add("name", "links of the host").AddAll(
            "text", host.Uplinks.Count > 0 ? host.Uplinks.Select(PictureWords.Uplink) : ["(not known)"]);
        _bands =
        [
            .. host.Networks.Select((network, index) => SvgBand.Of(network, index, _groups)),
            .. Group("the host's own network", _groups.OnHost, isHost: true, isDown: false),
            .. Group("on no network", _groups.Alone, isHost: false, isDown: false),
            .. Group("not running", _groups.Down, isHost: false, isDown: true),
        ];
    }

    /// <summary>Where the links are, below the upper edge of the host.</summary>
    public static int LinksTop => Header;

    /// <summary>Draws it.</summary>
    /// <param name="canvas">The drawing.</param>
    /// <param name="x">Its left edge.</param>
    /// <param name="y">Its upper edge.</param>
    /// <returns>Where it is.</returns>
    public SvgArea Draw(SvgCanvas canvas, int x, int y)
    {
        canvas.Text(x + Inset, y + 23, "title", $"host {TerminalText.Escape(_host.Name)}");
        SvgArea links = _links.Draw(canvas, x + Inset, y + LinksTop, "uplink");
        int portsLeft = links.X + PortsOffset;
        int portsWidth = _bands.Select(band => band.Ports?.Width ?? 0).DefaultIfEmpty().Max();
        int bridgeWidth = _bands.Select(band => band.Bridge.Width).DefaultIfEmpty().Max();
        int bandLeft = portsLeft + (portsWidth > 0 ? portsWidth + Arrow : 0);
        int bandWidth = _bands.Select(band => band.WidthFor(bridgeWidth)).DefaultIfEmpty().Max();
        int route = links.X + RouteOffset;
        int lastRoute = 0;
        int top = links.Bottom + Gap;
        var exits = new Dictionary<string, (int X, int Y)>(StringComparer.Ordinal);
        foreach (SvgBand band in _bands)
        {
            (int X, int Y) exit = band.Draw(canvas, new SvgArea(bandLeft, top, bandWidth, band.Height), bridgeWidth);
            if (band is { ExitLook: not null, Network: { } network })
            {
                exits[network] = exit;
            }

            int entry = top + SvgBand.Entry;
            DrawPorts(canvas, band, portsLeft, entry, bandLeft);
            if (band.HasRoute)
            {
                canvas.Line("route", (route, entry), (band.Ports is null ? bandLeft + 10 : portsLeft, entry));
                lastRoute = entry;
            }

            top += band.Height + Gap;
        }

        if (lastRoute > 0)
        {
            canvas.Line("route", (route, links.Bottom), (route, lastRoute));
        }

        (int right, int bottom) = Several().Draw(canvas, bandLeft + bandWidth, links.Bottom + Gap, exits);
        int width = Math.Max(Math.Max(right, links.Right), x + Inset + SvgMetrics.WidthOf($"host {_host.Name}") * 7 / 6) + Inset - x;
        var area = new SvgArea(x, y, width, Math.Max(top, bottom + Gap) - y);
        canvas.Ground(area, "host");
        return area;
    }

    /// <summary>Where a link of the host is, below the host's upper edge; the first line when it has none of the name.</summary>
    public int PlaceOf(string? link)
    {
        int line = 1;
        foreach (PicturedUplink uplink in _host.Uplinks)
        {
            if (uplink.Interface == link)
            {
                return LinksTop + SvgLabel.MiddleOf(line);
            }

            line += new SvgLabel().Add("text", PictureWords.Uplink(uplink)).Count;
        }

        return LinksTop + SvgLabel.MiddleOf(0);
    }

    private static void DrawPorts(SvgCanvas canvas, SvgBand band, int left, int entry, int bandLeft)
    {
        if (band.Ports is { } ports)
        {
            SvgArea area = ports.Draw(canvas, left, entry - SvgLabel.MiddleOf(0), "ports");
            canvas.Line("arrow", (area.Right, entry), (bandLeft + 2, entry));
            canvas.Arrow(bandLeft + 10, entry);
        }
    }

    private SvgSeveral Several() => new(
        [.. _groups.Up.Where(container => container is { Mode: PicturedMode.Networks, Endpoints.Count: > 1 })],
        [.. _bands.Where(band => band.ExitLook is not null).Select(band => (band.Network!, band.ExitLook!))],
        _groups);

    private IEnumerable<SvgBand> Group(string title, IReadOnlyList<PicturedContainer> members, bool isHost, bool isDown) =>
        members.Count > 0 ? [SvgBand.Of(title, members, _groups, isHost, isDown)] : [];
}
