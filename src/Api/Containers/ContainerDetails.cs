namespace Net.Api.Containers;

/// <summary>A container as <c>GET /containers/{id}/json</c> shows it: Docker Engine's fields.</summary>
public sealed record ContainerDetails
{
    /// <summary>The container's id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>The time of creation.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The program, or empty for a container without a command.</summary>
    public string Path { get; init; } = "";

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>The state of its command.</summary>
    public required ContainerState State { get; init; }

    /// <summary>Its name with a leading slash: <c>/web</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The settings of its command.</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>The requested network settings.</summary>
    public required ContainerHostConfig HostConfig { get; init; }

    /// <summary>The current state of its network.</summary>
    public required ContainerNetworkSettings NetworkSettings { get; init; }
}
