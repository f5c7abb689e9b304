using Net.Api.Containers;
using Net.Labs.Yaml;

namespace Net.Labs.Compose.Models;

/// <summary>A service of a Compose file.</summary>
public sealed record ComposeService
{
    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in the file.</summary>
    public required Place Place { get; init; }

    /// <summary>How many containers it has.</summary>
    public int Scale { get; init; } = 1;

    /// <summary>The name of its only container, if the file gives one.</summary>
    public string? ContainerName { get; init; }

    /// <summary>What the command of its containers is made with. Name, networks, links and labels are added for each container.</summary>
    public required ContainerCreateRequest Request { get; init; }

    /// <summary>The networks that it joins, in the order in which they are connected. Empty with a mode.</summary>
    public IReadOnlyList<ServiceNetwork> Networks { get; init; } = [];

    /// <summary>Whose network it uses instead of networks of its own; null for none.</summary>
    public NetworkMode? Mode { get; init; }

    /// <summary>The services that it links to.</summary>
    public IReadOnlyList<ServiceLink> Links { get; init; } = [];

    /// <summary>Its links to containers outside the project, each <c>CONTAINER[:ALIAS]</c>.</summary>
    public IReadOnlyList<string> ExternalLinks { get; init; } = [];

    /// <summary>What has to be so before it is started.</summary>
    public IReadOnlyList<ServiceDependency> Dependencies { get; init; } = [];

    /// <summary>The hosts of a lab that it runs on; empty for all that have a daemon.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>The profiles that it belongs to; empty for all.</summary>
    public IReadOnlyList<string> Profiles { get; init; } = [];

    /// <summary>How long it may take to end before it is killed; null for the daemon's choice.</summary>
    public TimeSpan? StopGracePeriod { get; init; }

    /// <summary><see cref="StopGracePeriod"/> in whole seconds.</summary>
    public int? StopSeconds => StopGracePeriod is { } period ? (int)Math.Ceiling(period.TotalSeconds) : null;

    /// <summary>The signal that asks it to end; null for the daemon's choice.</summary>
    public string? StopSignal { get; init; }

    /// <summary>Whether it has a command. Without one it is a network sandbox, with its names and ports, for exec.</summary>
    public bool HasCommand => Request.Cmd is { Count: > 0 };
}

/// <summary>What a service asks of one of its networks.</summary>
/// <param name="Key">The network's name in the file.</param>
/// <param name="Place">Where it is in the file.</param>
/// <param name="Endpoint">What is requested for the endpoint.</param>
/// <param name="Priority">The order of connection: the highest first.</param>
public sealed record ServiceNetwork(string Key, Place Place, Api.Networks.EndpointConfig Endpoint, int Priority);

/// <summary>A link to another service of the project.</summary>
/// <param name="Service">The other service.</param>
/// <param name="Alias">The name for it.</param>
/// <param name="Place">Where it is in the file.</param>
public sealed record ServiceLink(string Service, string Alias, Place Place);

/// <summary>Whose network a service uses.</summary>
/// <param name="Text">The daemon's word for it: <c>host</c>, <c>none</c>, <c>bridge</c>, <c>container:C</c> or a network's name. Of a
/// service it is null.</param>
/// <param name="Service">The service of the project whose network it is; null for another's.</param>
/// <param name="Place">Where it is in the file.</param>
public sealed record NetworkMode(string? Text, string? Service, Place Place)
{
    /// <summary>What stands before the name of a container whose network is used.</summary>
    public const string OfContainer = "container:";

    /// <summary>Whether it is another container's, so that it has no ports of its own.</summary>
    public bool IsShared => Text?.StartsWith(OfContainer, StringComparison.Ordinal) != false;
}

/// <summary>What has to be so of another service.</summary>
/// <param name="Service">The other service.</param>
/// <param name="Condition">What has to be so.</param>
/// <param name="IsRequired">Whether the other has to be in the project.</param>
/// <param name="Restarts">Whether this one is started again when the other is made anew.</param>
/// <param name="Place">Where it is in the file.</param>
public sealed record ServiceDependency(string Service, DependencyCondition Condition, bool IsRequired, bool Restarts, Place Place);

/// <summary>What has to be so of a service before those that depend on it are started.</summary>
public enum DependencyCondition
{
    /// <summary>It is started.</summary>
    Started,

    /// <summary>Its health check says that it works.</summary>
    Healthy,

    /// <summary>Its command has ended with exit code 0.</summary>
    CompletedSuccessfully,
}
