using Net.Labs.Pictures.Parts;
using Net.Linux.Terminals;

namespace Net.Labs.Pictures.Svg;

/// <summary>The boxes of containers.</summary>
internal static class SvgContainers
{
    /// <summary>A container on one network or none.</summary>
    public static SvgLabel Of(PicturedContainer container, HostGroups groups)
    {
        SvgLabel label = new SvgLabel().Add("name", PictureWords.Name(container));
        foreach (PicturedEndpoint endpoint in container.IsUp ? container.Endpoints : [])
        {
            AddEndpoint(label, endpoint, endpoint.Interface);
        }

        if (container is { IsUp: false, Mode: PicturedMode.Networks })
        {
            label.AddAll("note", container.Endpoints.Select(endpoint => $"of {TerminalText.Escape(endpoint.Network)}"));
        }

        return AddRest(label, container, groups);
    }

    /// <summary>A container on several networks, and the line at which each of them reaches it.</summary>
    public static (SvgLabel Label, IReadOnlyDictionary<string, int> Places) OfSeveral(PicturedContainer container, HostGroups groups)
    {
        SvgLabel label = new SvgLabel().Add("name", PictureWords.Name(container));
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (PicturedEndpoint endpoint in container.Endpoints)
        {
            places[endpoint.Network] = label.Count;
            AddEndpoint(label, endpoint, $"{endpoint.Interface} on {endpoint.Network}".TrimStart());
        }

        return (AddRest(label, container, groups), places);
    }

    private static void AddEndpoint(SvgLabel label, PicturedEndpoint endpoint, string title)
    {
        string[] addresses = [.. endpoint.Addresses.Select(TerminalText.Escape)];
        if (title == endpoint.Interface && addresses.Length > 0)
        {
            label.Add("text", $"{TerminalText.Escape(title)} {addresses[0]}".TrimStart()).AddAll("text", addresses.Skip(1));
        }
        else
        {
            label.Add("text", TerminalText.Escape(title)).AddAll("text", addresses);
        }

        label.AddAll("note", endpoint.MacAddress.Length > 0 ? [TerminalText.Escape(endpoint.MacAddress)] : [])
            .AddAll("note", PictureWords.Names(endpoint));
    }

    private static SvgLabel AddRest(SvgLabel label, PicturedContainer container, HostGroups groups) => label
        .AddAll("note", container.Ports.Select(PictureWords.Port))
        .AddAll("note", groups.GuestsOf(container).Select(guest => $"shared by {PictureWords.Name(guest)}"))
        .AddAll("note", container is { Mode: PicturedMode.Container, SharedWith: { } other }
            ? [$"with the network of {TerminalText.Escape(other)}"] : []);
}
