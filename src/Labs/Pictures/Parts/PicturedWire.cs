namespace Net.Labs.Pictures.Parts;

/// <summary>A wire between hosts: a link has two ends, a LAN any number.</summary>
public sealed record PicturedWire
{
    /// <summary>Its name, one of its own in the picture.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is plugged in.</summary>
    public required IReadOnlyList<PicturedWireEnd> Ends { get; init; }
}
