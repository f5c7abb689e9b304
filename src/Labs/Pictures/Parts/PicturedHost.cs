namespace Net.Labs.Pictures.Parts;

/// <summary>A host: one daemon's networks and containers, and the links by which the host reaches others.</summary>
public sealed record PicturedHost
{
    /// <summary>The host's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its links to others; empty when they are not known.</summary>
    public IReadOnlyList<PicturedUplink> Uplinks { get; init; } = [];

    /// <summary>Its networks, without those that stand for a mode (<c>host</c>, <c>none</c>).</summary>
    public IReadOnlyList<PicturedNetwork> Networks { get; init; } = [];

    /// <summary>Its containers, those that do not run included.</summary>
    public IReadOnlyList<PicturedContainer> Containers { get; init; } = [];
}
