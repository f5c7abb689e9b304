namespace Net.Api.Containers;

/// <summary>The part of a container's network settings that the list shows.</summary>
public sealed record ContainerSummaryNetworks
{
    /// <summary>The endpoints by network name.</summary>
    public IReadOnlyDictionary<string, EndpointSettings>? Networks { get; init; }
}
