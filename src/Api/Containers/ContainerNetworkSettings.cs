using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The current state of a container's network.</summary>
public sealed record ContainerNetworkSettings
{
    /// <summary>The sandbox's id; empty while it is not up.</summary>
    public string SandboxID { get; init; } = "";

    /// <summary>The path of its network namespace; empty while it is not up.</summary>
    public string SandboxKey { get; init; } = "";

    /// <summary>Ports by container port (<c>80/tcp</c>) with the host ports that were chosen; null for an exposed port that is not
    /// published.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    /// <summary>Published ports for which the container does not see the client's address; null for none. Docker does not have this
    /// field.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ForwardedPort>? ForwardedPorts { get; init; }

    /// <summary>The endpoints by network name.</summary>
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}
