namespace Net.Labs.Pictures.Parts;

/// <summary>A container's place on a network.</summary>
public sealed record PicturedEndpoint
{
    /// <summary>The network's name.</summary>
    public required string Network { get; init; }

    /// <summary>The name of the link in the container, such as <c>eth0</c>; empty while the container does not run.</summary>
    public string Interface { get; init; } = "";

    /// <summary>Its addresses with their prefix lengths, IPv4 first; empty while the container does not run.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    /// <summary>Its MAC address; empty while the container does not run.</summary>
    public string MacAddress { get; init; } = "";

    /// <summary>Further names of the container on this network.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The containers that it is linked to (<c>--link</c>).</summary>
    public IReadOnlyList<PicturedLink> Links { get; init; } = [];
}
