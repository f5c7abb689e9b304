using System.Text.Json.Serialization;

namespace Net.Api.Containers;

/// <summary>The requested network settings of a container.</summary>
public sealed record ContainerHostConfig
{
    /// <summary>The first network's name, <c>bridge</c>, <c>host</c>, <c>none</c> or <c>container:ID</c>.</summary>
    public string NetworkMode { get; init; } = "";

    /// <summary>Docker's mounts, each <c>HOST:CONTAINER</c>; null here, where a container has the host's files.</summary>
    public IReadOnlyList<string>? Binds { get; init; }

    /// <summary>When it is started again by itself.</summary>
    public RestartPolicy RestartPolicy { get; init; } = new();

    /// <summary>Lines of its /etc/hosts that were asked for, each <c>NAME:ADDRESS</c>; null for none.</summary>
    public IReadOnlyList<string>? ExtraHosts { get; init; }

    /// <summary>Kernel settings of its network namespace that were asked for, by name; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    /// <summary>Its links, each <c>/CONTAINER:/NAME/ALIAS</c>; null for none.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Whose processes it sees: the host's.</summary>
    public string PidMode { get; init; } = "host";

    /// <summary>Whose shared memory it uses: the host's.</summary>
    public string IpcMode { get; init; } = "host";

    /// <summary>Whose host name it has; empty for its own.</summary>
    public string UTSMode { get; init; } = "";

    /// <summary>Whether it has all rights of root; true, since a container here is no security boundary.</summary>
    public bool Privileged { get; init; } = true;

    /// <summary>Whether it cannot write to its file system; false here.</summary>
    public bool ReadonlyRootfs { get; init; }

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
