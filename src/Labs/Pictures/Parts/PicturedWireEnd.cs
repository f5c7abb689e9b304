namespace Net.Labs.Pictures.Parts;

/// <summary>Where a wire is plugged in.</summary>
public sealed record PicturedWireEnd
{
    /// <summary>The name of the host.</summary>
    public required string Host { get; init; }

    /// <summary>The host's link, which <see cref="PicturedHost.Uplinks"/> should have; null when it is not known.</summary>
    public string? Interface { get; init; }
}
