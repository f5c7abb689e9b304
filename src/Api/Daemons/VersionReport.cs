namespace Net.Api.Daemons;

/// <summary>What <c>netctl version</c> shows: the client's own versions, and the daemon's when it answers.</summary>
public sealed record VersionReport
{
    /// <summary>The client's versions.</summary>
    public required VersionResponse Client { get; init; }

    /// <summary>The daemon's versions, or null when it cannot be reached.</summary>
    public VersionResponse? Server { get; init; }
}
