using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The answer to <c>POST /netctl/containers/{id}/publish</c>: what was chosen for the ports that were asked for.</summary>
public sealed record PublishResponse
{
    /// <summary>By container port (<c>80/tcp</c>); empty while the container has no network stack.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    /// <summary>Those behind which the container does not see the client's address. Null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ForwardedPort>? ForwardedPorts { get; init; }

    /// <summary>What the caller should know though it worked; null or empty for nothing.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }
}
