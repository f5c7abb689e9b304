namespace Net.Labs.Pictures.Parts;

/// <summary>A link of a container to another (<c>--link</c>).</summary>
public sealed record PicturedLink
{
    /// <summary>The other container's name.</summary>
    public required string Container { get; init; }

    /// <summary>The name by which the linking container knows it.</summary>
    public required string Alias { get; init; }
}
