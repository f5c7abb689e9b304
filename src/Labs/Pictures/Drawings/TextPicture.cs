using System.Text;
using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Drawings;

/// <summary>A picture of plain characters: a tree a host.</summary>
internal static class TextPicture
{
    private const int Indent = 6; // of a container's lines: two levels of the tree

    /// <summary>Draws a picture that is in order.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="columns">The characters that a line should not exceed.</param>
    public static string Of(Picture picture, int columns)
    {
        int width = Math.Max(40, columns);
        var output = new StringBuilder();
        foreach (PicturedHost host in picture.Hosts)
        {
            if (output.Length > 0)
            {
                output.Append('\n');
            }

            HostOf(host, width).Draw(output);
        }

        foreach (PicturedWire wire in picture.Wires)
        {
            output.Append('\n');
            new TextTree([$"wire {TerminalText.Escape(wire.Name)}"])
            {
                Parts = [.. wire.Ends.Select(end => new TextTree([TerminalText.Escape($"{end.Host} {end.Interface}".TrimEnd())]))],
            }.Draw(output);
        }

        return output.ToString();
    }

    private static TextTree HostOf(PicturedHost host, int columns)
    {
        var groups = new HostGroups(host);
        int width = columns - Indent;
        return new TextTree([$"host {TerminalText.Escape(host.Name)}"])
        {
            Parts =
            [
                .. host.Uplinks.Select(link => new TextTree([.. TextWrap.Lines($"link {PictureWords.Uplink(link)}", columns - 3)])),
                .. host.Networks.Select(network => NetworkOf(network, groups, width)),
                .. Group("the host's own network", groups.OnHost, groups, width),
                .. Group("on no network", groups.Alone, groups, width),
                .. Group("not running", groups.Down, groups, width),
            ],
        };
    }

    private static TextTree NetworkOf(PicturedNetwork network, HostGroups groups, int width)
    {
        (PicturedContainer Container, PicturedEndpoint? Endpoint)[] rows =
        [
            .. groups.On(network).Select(container => (
                container, (PicturedEndpoint?)container.Endpoints.First(endpoint => endpoint.Network == network.Name))),
        ];
        return new TextTree(
        [
            .. TextWrap.Lines($"network {TerminalText.Escape(network.Name)} ({PictureWords.Kind(network)})", width),
            .. rows.Length > 0
                ? network.Subnets.Select(PictureWords.Subnet)
                : network.Subnets.Select(PictureWords.Subnet).Append("no containers").Select(line => $"   {line}"),
        ])
        {
            Parts = [.. new TextTable(width).Of(rows, (container, endpoint) => Notes(container, endpoint!, groups))],
            IsApart = true,
        };
    }

    private static IEnumerable<TextTree> Group(string title, IReadOnlyList<PicturedContainer> members, HostGroups groups, int width)
    {
        if (members.Count > 0)
        {
            (PicturedContainer, PicturedEndpoint?)[] rows = [.. members.Select(member => (member, (PicturedEndpoint?)null))];
            yield return new TextTree([title])
            {
                Parts = [.. new TextTable(width).Of(rows, (container, _) => Stateless(container, groups))],
                IsApart = true,
            };
        }
    }

    // Ports are told once, on the first network.
    private static IEnumerable<string> Notes(PicturedContainer container, PicturedEndpoint endpoint, HostGroups groups) =>
    [
        .. container.Endpoints[0] == endpoint ? Ports(container) : [],
        .. PictureWords.Names(endpoint),
        .. container.Endpoints.Where(other => other != endpoint).Select(other => $"also on {TerminalText.Escape(other.Network)}"),
        .. Guests(container, groups),
    ];

    private static IEnumerable<string> Stateless(PicturedContainer container, HostGroups groups) =>
    [
        .. container is { Mode: PicturedMode.Container, SharedWith: { } other } ? [$"with the network of {TerminalText.Escape(other)}"]
            : container is { IsUp: false, Mode: PicturedMode.Networks }
                ? container.Endpoints.Select(endpoint => $"of {TerminalText.Escape(endpoint.Network)}")
            : (string[])[],
        .. Guests(container, groups),
    ];

    private static IEnumerable<string> Ports(PicturedContainer container) =>
        container.Ports.Select(port => $"published {PictureWords.Port(port)}");

    private static IEnumerable<string> Guests(PicturedContainer container, HostGroups groups) =>
        groups.GuestsOf(container).Select(guest => $"shared by {PictureWords.Name(guest)}");
}
