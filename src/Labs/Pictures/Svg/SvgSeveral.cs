using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures.Svg;

/// <summary>The containers that are on several networks: at the right of all networks, with a line from top to bottom a network, and a dot
/// where a container's line meets it. Where there are many they are in columns, which lines above them join.</summary>
/// <param name="containers">The containers.</param>
/// <param name="networks">The names of the networks that have some, and the class of their lines.</param>
/// <param name="groups">The containers of their host.</param>
internal sealed class SvgSeveral(
    IReadOnlyList<PicturedContainer> containers, IReadOnlyList<(string Name, string Look)> networks, HostGroups groups)
{
    private const int Lane = 14; // from one network's line to the next
    private const int Gap = 16; // between boxes
    private const int InOneColumn = 6; // above that there are further columns
    private const int Columns = 4;

    /// <summary>Draws them.</summary>
    /// <param name="canvas">The drawing.</param>
    /// <param name="left">The left edge of the room for them.</param>
    /// <param name="top">The upper edge.</param>
    /// <param name="exits">Where each network's line comes from.</param>
    /// <returns>Their right and lower edge.</returns>
    public (int Right, int Bottom) Draw(SvgCanvas canvas, int left, int top, IReadOnlyDictionary<string, (int X, int Y)> exits)
    {
        if (containers.Count == 0)
        {
            return (left, top);
        }

        int height = Math.Max(InOneColumn, (containers.Count + Columns - 1) / Columns);
        PicturedContainer[][] columns = [.. containers.Chunk(height)];
        int boxTop = top + (columns.Length > 1 ? networks.Count * Lane : 0);
        (int right, int bottom) = (left, top);
        List<(int Column, int X, List<int> Ends)>[] lanes = [.. networks.Select(_ => new List<(int Column, int X, List<int> Ends)>())];
        foreach ((int index, PicturedContainer[] column) in columns.Index())
        {
            for (int network = 0; network < networks.Count; network++)
            {
                lanes[network].Add((index, LaneOf(right, network, index), []));
            }

            int boxLeft = right + ((networks.Count + 2) * Lane);
            (right, int lowest) = DrawBoxes(canvas, column, boxLeft, boxTop, [.. lanes.Select(lane => lane[^1])]);
            bottom = Math.Max(bottom, lowest);
        }

        for (int network = 0; network < networks.Count; network++)
        {
            DrawLane(canvas, networks[network].Look, lanes[network], exits[networks[network].Name], HeaderOf(boxTop, network));
        }

        return (right, bottom);
    }

    // In columns after the first the order is the other way round, so that lines above the boxes do not cross.
    private int LaneOf(int left, int network, int column) => left + ((column == 0 ? network + 1 : networks.Count - network) * Lane);

    private int HeaderOf(int boxTop, int network) => boxTop - ((networks.Count - network) * Lane);

    private (int Right, int Bottom) DrawBoxes(
        SvgCanvas canvas, PicturedContainer[] column, int left, int top, (int Column, int X, List<int> Ends)[] lanes)
    {
        (SvgLabel Label, IReadOnlyDictionary<string, int> Places)[] boxes =
            [.. column.Select(container => SvgContainers.OfSeveral(container, groups))];
        int width = boxes.Max(box => box.Label.Width);
        int y = top;
        foreach ((SvgLabel label, IReadOnlyDictionary<string, int> places) in boxes)
        {
            label.Draw(canvas, left, y, "container", width);
            for (int network = 0; network < networks.Count; network++)
            {
                if (places.TryGetValue(networks[network].Name, out int line))
                {
                    int middle = y + SvgLabel.MiddleOf(line);
                    canvas.Line(networks[network].Look, (lanes[network].X, middle), (left, middle));
                    canvas.Joint(lanes[network].X, middle);
                    lanes[network].Ends.Add(middle);
                }
            }

            y += label.Height + Gap;
        }

        return (left + width, y - Gap);
    }

    private static void DrawLane(
        SvgCanvas canvas, string look, List<(int Column, int X, List<int> Ends)> lanes, (int X, int Y) exit, int header)
    {
        (int Column, int X, List<int> Ends) first = lanes[0];
        canvas.Line(look, exit, (first.X, exit.Y));
        canvas.Joint(first.X, exit.Y);
        first.Ends.Add(exit.Y);
        (int Column, int X, List<int> Ends)[] further = [.. lanes.Skip(1).Where(lane => lane.Ends.Count > 0)];
        if (further.Length > 0)
        {
            canvas.Line(look, (first.X, header), (further[^1].X, header));
        }

        foreach ((int column, int x, List<int> ends) in (IEnumerable<(int Column, int X, List<int> Ends)>)[first, .. further])
        {
            if (further.Length > 0)
            {
                ends.Add(header);
            }

            canvas.Line(look, (x, ends.Min()), (x, ends.Max()));
            if (column > 0 && x != further[^1].X)
            {
                canvas.Joint(x, header);
            }
        }
    }
}
