namespace Net.Api.Daemons;

/// <summary>A part of the daemon and its version.</summary>
public sealed record VersionComponent
{
    /// <summary>Its name: <c>Engine</c>, whose details Docker's client knows to show.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>What else is known of it, by Docker's names.</summary>
    public IReadOnlyDictionary<string, string>? Details { get; init; }
}
