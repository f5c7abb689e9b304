namespace Net.Labs.Pictures.Parts;

/// <summary>What a picture shows: hosts with their networks and containers, and what joins the hosts.</summary>
/// <remarks>All of these records are values as they came from outside: whoever draws them escapes them. The names of their properties,
/// with a small first letter, are the field names of <c>netctl graph --format json</c>, and stay.</remarks>
public sealed record Picture
{
    /// <summary>The hosts, each with a name of its own.</summary>
    public required IReadOnlyList<PicturedHost> Hosts { get; init; }

    /// <summary>What joins them; empty where that is not known, as it is for one host alone.</summary>
    public IReadOnlyList<PicturedWire> Wires { get; init; } = [];
}
