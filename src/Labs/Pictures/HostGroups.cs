using Net.Labs.Pictures.Parts;

namespace Net.Labs.Pictures;

/// <summary>The containers of a host by where they are drawn.</summary>
internal sealed class HostGroups
{
    private readonly ILookup<string, PicturedContainer> _members;
    private readonly ILookup<string, PicturedContainer> _guests;

    public HostGroups(PicturedHost host)
    {
        Up = [.. host.Containers.Where(container => container.IsUp)];
        _members = Up.Where(container => container.Mode == PicturedMode.Networks)
            .SelectMany(container => container.Endpoints.Select(endpoint => (endpoint.Network, container)))
            .ToLookup(pair => pair.Network, pair => pair.container, StringComparer.Ordinal);
        HashSet<string> up = [.. Up.Select(container => container.Name)];
        _guests = Up.Where(container => container.Mode == PicturedMode.Container && up.Contains(container.SharedWith ?? ""))
            .ToLookup(container => container.SharedWith!, StringComparer.Ordinal);
        OnHost = [.. Up.Where(container => container.Mode == PicturedMode.Host)];
        Alone =
        [
            .. Up.Where(container => container.Mode == PicturedMode.None
                || (container.Mode == PicturedMode.Networks && container.Endpoints.Count == 0)
                || (container.Mode == PicturedMode.Container && !up.Contains(container.SharedWith ?? ""))),
        ];
        Down = [.. host.Containers.Where(container => !container.IsUp)];
    }

    /// <summary>Those with a network stack.</summary>
    public IReadOnlyList<PicturedContainer> Up { get; }

    /// <summary>Those with the host's stack.</summary>
    public IReadOnlyList<PicturedContainer> OnHost { get; }

    /// <summary>Those on no network.</summary>
    public IReadOnlyList<PicturedContainer> Alone { get; }

    /// <summary>Those that do not run.</summary>
    public IReadOnlyList<PicturedContainer> Down { get; }

    /// <summary>Those on a network.</summary>
    public IEnumerable<PicturedContainer> On(PicturedNetwork network) => _members[network.Name];

    /// <summary>Those with the stack of a container, be it through another.</summary>
    public IReadOnlyList<PicturedContainer> GuestsOf(PicturedContainer container)
    {
        List<PicturedContainer> found = [.. _guests[container.Name]];
        for (int i = 0; i < found.Count; i++)
        {
            found.AddRange(_guests[found[i].Name].Where(guest => guest != container && !found.Contains(guest)));
        }

        return found;
    }
}
