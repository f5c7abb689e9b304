namespace Net.Api.Containers;

/// <summary>The part of a container's host configuration that the list shows.</summary>
public sealed record ContainerSummaryHostConfig
{
    /// <summary>The first network's name, <c>bridge</c>, <c>host</c>, <c>none</c> or <c>container:ID</c>.</summary>
    public string NetworkMode { get; init; } = "";
}
