namespace Net.Api.Daemons;

/// <summary>The product that a daemon is part of.</summary>
public sealed record VersionPlatform
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
}
