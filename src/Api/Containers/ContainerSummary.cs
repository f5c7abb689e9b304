namespace Net.Api.Containers;

/// <summary>A container as <c>GET /containers/json</c> lists it: Docker Engine's fields.</summary>
public sealed record ContainerSummary
{
    /// <summary>The container's id, 64 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Its names, each with a leading slash: <c>/web</c>.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Docker's image; empty here, since there are no images.</summary>
    public string Image { get; init; } = "";

    /// <summary>Docker's image id; empty here.</summary>
    public string ImageID { get; init; } = "";

    /// <summary>The command and its arguments, separated by spaces; empty for a container without a command.</summary>
    public string Command { get; init; } = "";

    /// <summary>The time of creation, in seconds since 1970.</summary>
    public long Created { get; init; }

    /// <summary>Its published ports, and the exposed ones that are not published.</summary>
    public IReadOnlyList<PortSummary>? Ports { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary><c>created</c>, <c>running</c> or <c>exited</c>.</summary>
    public required string State { get; init; }

    /// <summary>The state as text: <c>Up 3 minutes</c>, <c>Exited (0) 2 hours ago</c>, <c>Created</c>.</summary>
    public string Status { get; init; } = "";

    /// <summary>The requested settings that the list shows.</summary>
    public ContainerSummaryHostConfig? HostConfig { get; init; }

    /// <summary>Docker's file systems; empty here.</summary>
    public IReadOnlyList<EmptyObject> Mounts { get; init; } = [];

    /// <summary>Its networks.</summary>
    public ContainerSummaryNetworks? NetworkSettings { get; init; }
}
