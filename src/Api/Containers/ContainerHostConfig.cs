namespace Net.Api.Containers;

/// <summary>The requested network settings of a container.</summary>
public sealed record ContainerHostConfig
{
    /// <summary>The first network's name, <c>bridge</c>, <c>host</c>, <c>none</c> or <c>container:ID</c>.</summary>
    public string NetworkMode { get; init; } = "";

    /// <summary>The requested DNS servers; empty for the host's.</summary>
    public IReadOnlyList<string> Dns { get; init; } = [];

    /// <summary>The requested options of resolv.conf; empty for the host's.</summary>
    public IReadOnlyList<string> DnsOptions { get; init; } = [];

    /// <summary>The requested search list; empty for the host's.</summary>
    public IReadOnlyList<string> DnsSearch { get; init; } = [];

    /// <summary>The requested ports by container port (<c>80/tcp</c>). A host port that is to be picked is an empty
    /// <c>HostPort</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }

    /// <summary>Whether every exposed port is published on a host port that is picked.</summary>
    public bool PublishAllPorts { get; init; }

    /// <summary>How the command's output is kept.</summary>
    public ContainerLogConfig LogConfig { get; init; } = new();

    /// <summary>Whether the container is removed when its command exits.</summary>
    public bool AutoRemove { get; init; }
}
