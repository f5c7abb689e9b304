using Net.Api.Networks;

namespace Net.Api.Containers;

/// <summary>The requested settings of a container's endpoints.</summary>
public sealed record ContainerNetworkingConfig
{
    /// <summary>The settings by name or id of the network, written as in the list of networks; null for none.</summary>
    public IReadOnlyDictionary<string, EndpointConfig>? EndpointsConfig { get; init; }
}
