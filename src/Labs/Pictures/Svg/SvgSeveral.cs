using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures.Svg;

/// <summary>The containers that are on several networks: at the right of all networks, with a line from top to bottom a network, and a dot
/// where a container's line meets it.</summary>
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
        int header = columns.Length > 1 ? networks.Count * Lane : 0;
        var (right, bottom) = (left, top);
        int[] firstLanes = [.. networks.Select((_, index) => left + ((index + 1) * Lane))];
        for (int column = 0; column < columns.Length; column++)
        {
            int start = column == 0 ? left : right;
            (right, int lowest) = DrawColumn(canvas, columns[column], start, top + header, column == 0 ? exits : null, column > 0 || header > 0);
            bottom = Math.Max(bottom, lowest);
            for (int lane = 0; column > 0 && lane < networks.Count; lane++)
            {
                int y = top + header - ((lane + 1) * Lane);
                canvas.Line(networks[lane].Look, (firstLanes[lane], y), (start + ((lane + 1) * Lane), y));
                canvas.Joint(firstLanes[lane], y);
                canvas.Joint(start + ((lane + 1) * Lane), y);
            }
        }

        return (right, bottom);
    }

    private (int Right, int Bottom) DrawColumn(
        SvgCanvas canvas, PicturedContainer[] column, int start, int top, IReadOnlyDictionary<string, (int X, int Y)>? exits, bool hasHeader)
    {
        int boxLeft = start + ((networks.Count + 2) * Lane);
        (SvgLabel Label, IReadOnlyDictionary<string, int> Places)[] boxes =
            [.. column.Select(container => SvgContainers.OfSeveral(container, groups))];
        int width = boxes.Max(box => box.Label.Width);
        List<int>[] ends = [.. networks.Select(_ => new List<int>())];
        int y = top;
        foreach ((SvgLabel label, IReadOnlyDictionary<string, int> places) in boxes)
        {
            label.Draw(canvas, boxLeft, y, "container", width);
            for (int lane = 0; lane < networks.Count; lane++)
            {
                if (places.TryGetValue(networks[lane].Name, out int line))
                {
                    int x = start + ((lane + 1) * Lane);
                    int middle = y + SvgLabel.MiddleOf(line);
                    canvas.Line(networks[lane].Look, (x, middle), (boxLeft, middle));
                    canvas.Joint(x, middle);
                    ends[lane].Add(middle);
                }
            }

            y += label.Height + Gap;
        }

        for (int lane = 0; lane < networks.Count; lane++)
        {
            int x = start + ((lane + 1) * Lane);
            if (exits is not null)
            {
                (int exitX, int exitY) = exits[networks[lane].Name];
                canvas.Line(networks[lane].Look, (exitX, exitY), (x, exitY));
                canvas.Joint(x, exitY);
                ends[lane].Add(exitY);
            }

            if (hasHeader)
            {
                ends[lane].Add(top - ((lane + 1) * Lane));
            }

            if (ends[lane].Count > 1)
            {
                canvas.Line(networks[lane].Look, (x, ends[lane].Min()), (x, ends[lane].Max()));
            }
        }

        return (boxLeft + width, y - Gap);
    }
}
