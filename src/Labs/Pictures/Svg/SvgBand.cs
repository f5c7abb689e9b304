using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Svg;

/// <summary>One network of a host, or one of the groups of containers that are on none: a band from left to right with published ports,
/// the bridge, and containers in a grid that are plugged into it.</summary>
internal sealed class SvgBand
{
    private const int Inset = 10; // from the frame to what is in it
    private const int Drop = 14; // from a grid's line to the boxes below it
    private const int Gap = 12; // between boxes of a grid
    private const int Trunk = 26; // between the bridge and the grid: room for the line from top to bottom
    private const int ExitHeight = 12; // room for the line to containers on several networks

    private readonly SvgLabel[] _members;
    private readonly string _memberLook;
    private readonly int _memberWidth;
    private readonly int[] _rowHeights;

    private SvgBand(SvgLabel bridge, string bridgeLook, IEnumerable<SvgLabel> members, string memberLook)
    {
        Bridge = bridge;
        BridgeLook = bridgeLook;
        _members = [.. members];
        _memberLook = memberLook;
        _memberWidth = _members.Select(member => member.Width).DefaultIfEmpty().Max();
        _rowHeights = [.. _members.Chunk(GridColumns(_members.Length)).Select(row => row.Max(member => member.Height))];
    }

    /// <summary>The box at the left.</summary>
    public SvgLabel Bridge { get; }

    public string BridgeLook { get; }

    /// <summary>The published ports; null for none.</summary>
    public SvgLabel? Ports { get; private init; }

    /// <summary>The name of the network; null for a group that is none.</summary>
    public string? Network { get; private init; }

    /// <summary>The class of the lines to its containers; null when nothing connects them.</summary>
    public string? LineLook { get; private init; }

    /// <summary>Whether the host forwards packets to it.</summary>
    public bool HasRoute { get; private init; }

    /// <summary>The class of the line to containers that are drawn elsewhere; null when there are none.</summary>
    public string? ExitLook { get; private init; }

    /// <summary>The width of the grid of containers.</summary>
    public int GridWidth => _members.Length == 0
        ? 0
        : (Math.Min(_members.Length, GridColumns(_members.Length)) * (_memberWidth + Gap)) - Gap;

    /// <summary>The height of the whole band.</summary>
    public int Height => (2 * Inset) + (ExitLook is not null ? ExitHeight : 0)
        + Math.Max(Math.Max(Bridge.Height, Ports?.Height ?? 0), _rowHeights.Sum(height => height + Drop + Gap));

    /// <summary>The middle of the first line of its boxes, below its upper edge: where what comes from the left arrives.</summary>
    public static int Entry => Inset + SvgLabel.MiddleOf(0);

    /// <summary>A network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="index">Its place among the networks.</param>
    /// <param name="groups">The containers of its host.</param>
    public static SvgBand Of(PicturedNetwork network, int index, HostGroups groups)
    {
        PicturedContainer[] all = [.. groups.On(network)];
        PicturedContainer[] own = [.. all.Where(container => container.Endpoints.Count == 1)];
        string[] ports =
        [
            .. all.Where(container => container.Endpoints[0].Network == network.Name).SelectMany(container => container.Ports
                .Where(port => port.HostPort > 0).Select(port => $"{PictureWords.Port(port)} {TerminalText.Escape(container.Name)}")),
        ];
        SvgLabel bridge = new SvgLabel().Add("name", TerminalText.Escape(network.Name)).Add("text", PictureWords.Kind(network))
            .AddAll("text", network.Subnets.SelectMany(Lines)).AddAll("note", all.Length == 0 ? ["no containers"] : []);
        return new SvgBand(
            bridge, network.Internal ? "internal" : "bridge", own.Select(container => SvgContainers.Of(container, groups)), "container")
        {
            Ports = ports.Length > 0 ? new SvgLabel().Add("name", "published").AddAll("text", ports) : null,
            Network = network.Name,
            LineLook = SvgLooks.Solid,
            HasRoute = !network.Internal,
            ExitLook = own.Length < all.Length ? SvgLooks.Pattern(index) : null,
        };
    }

    /// <summary>A group of containers that are on no network.</summary>
    /// <param name="title">What they have in common.</param>
    /// <param name="members">The containers.</param>
    /// <param name="groups">The containers of their host.</param>
    /// <param name="isHost">Whether they have the host's network.</param>
    /// <param name="isDown">Whether they do not run.</param>
    public static SvgBand Of(string title, IEnumerable<PicturedContainer> members, HostGroups groups, bool isHost, bool isDown) => new(
        new SvgLabel().Add("name", title), isHost ? "uplink" : "plain", members.Select(member => SvgContainers.Of(member, groups)),
        isDown ? "stopped" : "container")
    {
        LineLook = isHost ? "route" : null,
        HasRoute = isHost,
    };

    /// <summary>Draws it.</summary>
    /// <param name="canvas">The drawing.</param>
    /// <param name="area">Its frame, which is around the bridge and the containers.</param>
    /// <param name="bridgeWidth">The width of the box at the left.</param>
    /// <returns>Where the line to containers that are drawn elsewhere leaves the frame.</returns>
    public (int X, int Y) Draw(SvgCanvas canvas, SvgArea area, int bridgeWidth)
    {
        canvas.Frame(area, LineLook is null ? "plain" : "band");
        SvgArea bridge = Bridge.Draw(canvas, area.X + Inset, area.Y + Inset, BridgeLook, bridgeWidth);
        int trunk = bridge.Right + (Trunk / 2);
        int left = bridge.Right + Trunk;
        int columns = GridColumns(_members.Length);
        int first = area.Y + Entry;
        int y = first;
        int lowest = first;
        for (int row = 0; row < _rowHeights.Length; row++)
        {
            SvgLabel[] boxes = [.. _members.Skip(row * columns).Take(columns)];
            for (int column = 0; column < boxes.Length; column++)
            {
                int x = left + (column * (_memberWidth + Gap));
                boxes[column].Draw(canvas, x, y + Drop, _memberLook, _memberWidth);
                if (LineLook is not null)
                {
                    canvas.Line(LineLook, (x + Inset, y), (x + Inset, y + Drop));
                    canvas.Joint(x + Inset, y);
                }
            }

            if (LineLook is not null)
            {
                canvas.Line(LineLook, (trunk, y), (left + ((boxes.Length - 1) * (_memberWidth + Gap)) + Inset, y));
            }

            lowest = y;
            y += _rowHeights[row] + Drop + Gap;
        }

        (int X, int Y) exit = (area.Right, area.Bottom - Inset);
        if (ExitLook is not null)
        {
            canvas.Line(ExitLook, (trunk, exit.Y), exit);
            lowest = exit.Y;
        }

        if (LineLook is not null && (_members.Length > 0 || ExitLook is not null))
        {
            canvas.Line(LineLook, (bridge.Right, first), (trunk, first), (trunk, lowest));
        }

        return exit;
    }

    /// <summary>The width of a frame with a given width for the box at the left.</summary>
    public int WidthFor(int bridgeWidth) => bridgeWidth + (2 * Inset)
        + (GridWidth > 0 ? Trunk + GridWidth : ExitLook is not null ? Trunk : 0);

    private static IEnumerable<string> Lines(PicturedSubnet subnet) =>
    [
        TerminalText.Escape(subnet.Subnet), .. subnet.Gateway is { } gateway ? [$"  gateway {TerminalText.Escape(gateway)}"] : (string[])[],
    ];

    // Wider than high, and no wider than a screen.
    private static int GridColumns(int count) => Math.Clamp(count <= 4 ? 2 : (int)Math.Ceiling(Math.Sqrt(count / 2.0)), 1, 5);
}
