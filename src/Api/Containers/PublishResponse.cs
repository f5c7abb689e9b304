using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The answer to <c>POST /netctl/containers/{id}/publish</c>: the mappings that were chosen for the requested ports.</summary>
public sealed record PublishResponse
{
    /// <summary>The mappings by container port (<c>80/tcp</c>); empty while the container has no network stack.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    /// <summary>The ports for which the container does not see the client's address; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ForwardedPort>? ForwardedPorts { get; init; }

    /// <summary>Why some ports are not published although nothing failed, each a sentence; null or empty for none.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
