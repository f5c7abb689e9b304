using System.Text.Json.Serialization;

namespace Net.Api.Daemons;

/// <summary>The answer to <c>GET /version</c>: Docker Engine's fields.</summary>
public sealed record VersionResponse
{
    /// <summary>The daemon's version.</summary>
    public required string Version { get; init; }

    /// <summary>The newest supported API version: <see cref="ApiPaths.ApiVersion"/>.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>The oldest supported API version: <see cref="ApiPaths.MinimumApiVersion"/>.</summary>
    public string MinAPIVersion { get; init; } = "";

    /// <summary>The commit that it was built from; empty where that is not known.</summary>
    public string GitCommit { get; init; } = "";

    /// <summary>The operating system: <c>linux</c>.</summary>
    public string Os { get; init; } = "linux";

    /// <summary>The architecture in Go's words: <c>amd64</c>, <c>arm64</c>.</summary>
    public string Arch { get; init; } = "";

    /// <summary>The kernel's release.</summary>
    public string KernelVersion { get; init; } = "";

    /// <summary>The product; null in what <c>netctl version</c> says of itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VersionPlatform? Platform { get; init; }

    /// <summary>The parts of the daemon; null as <see cref="Platform"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<VersionComponent>? Components { get; init; }
}
