using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>What a container's network is like now.</summary>
public sealed record ContainerNetworkSettings
{
    /// <summary>The sandbox's id; empty while it is not up.</summary>
    public string SandboxID { get; init; } = "";

    /// <summary>The path of its network namespace; empty while it is not up.</summary>
    public string SandboxKey { get; init; } = "";

    /// <summary>Ports by container port (<c>80/tcp</c>) with the host ports that were given; null for an exposed port that is not published.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>?>? Ports { get; init; }

    /// <summary>Ours, not Docker's: published ports behind which the container does not see the client's address. Null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ForwardedPort>? ForwardedPorts { get; init; }

    /// <summary>The endpoints by network name.</summary>
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}
