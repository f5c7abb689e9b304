namespace Net.Labs.Pictures.Parts;

/// <summary>A network of a host.</summary>
public sealed record PicturedNetwork
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its id, 64 hex digits.</summary>
    public string Id { get; init; } = "";

    /// <summary>The driver's name, such as <c>bridge</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>The bridge's interface name; null for other drivers.</summary>
    public string? Bridge { get; init; }

    /// <summary>The link of the host that the containers' links are made of, with macvlan and ipvlan; null for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether containers reach nothing outside of it.</summary>
    public bool Internal { get; init; }

    /// <summary>Its subnets, IPv4 first.</summary>
    public IReadOnlyList<PicturedSubnet> Subnets { get; init; } = [];
}
