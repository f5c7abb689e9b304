namespace Net.Api.Containers;

/// <summary>What the health check of a container says.</summary>
public sealed record ContainerHealth
{
    /// <summary><c>starting</c>, <c>healthy</c> or <c>unhealthy</c>.</summary>
    public string Status { get; init; } = "";
}
