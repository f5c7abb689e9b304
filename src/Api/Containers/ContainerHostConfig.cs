namespace Net.Api.Containers;

/// <summary>What a container asked of the host.</summary>
public sealed record ContainerHostConfig
{
    /// <summary>The first network's name, <c>bridge</c>, <c>host</c>, <c>none</c> or <c>container:ID</c>.</summary>
    public string NetworkMode { get; init; } = "";

    /// <summary>The DNS servers that were named for it; empty for the host's.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>Options of resolv.conf that were given; empty for the host's.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>The search list that was given; empty for the host's.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>Ports to publish, by container port (<c>80/tcp</c>), as asked for: a port to be picked has an empty <c>HostPort</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }

    /// <summary>Whether every exposed port is published on a host port that is picked.</summary>
    public bool PublishAllPorts { get; init; }

    /// <summary>Whether the container is removed when its command ends.</summary>
    public bool AutoRemove { get; init; }
}
