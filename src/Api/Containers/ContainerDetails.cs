namespace Net.Api.Containers;

/// <summary>A container as <c>GET /containers/{id}/json</c> shows it: Docker Engine's fields.</summary>
public sealed record ContainerDetails
{
    /// <summary>The container's id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The program, or empty for a sandbox that waits.</summary>
    public string Path { get; init; } = "";

    /// <summary>The program's arguments.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>What it is doing.</summary>
    public required ContainerState State { get; init; }

    /// <summary>Its name with a leading slash: <c>/web</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What the command was given.</summary>
    public required ContainerConfig Config { get; init; }

    /// <summary>What was asked of the host.</summary>
    public required ContainerHostConfig HostConfig { get; init; }

    /// <summary>What its network is like now.</summary>
    public required ContainerNetworkSettings NetworkSettings { get; init; }
}
