namespace Net.Api.Containers;

/// <summary>The body of <c>POST /netctl/containers/create</c>.</summary>
public sealed record ContainerCreateRequest
{
    /// <summary>The container's name, or null for a random one.</summary>
    public string? Name { get; init; }

    /// <summary>The container's host name, or null for the first 12 digits of the id.</summary>
    public string? Hostname { get; init; }

    /// <summary>The program and its arguments; null or empty for a container that only waits for exec.</summary>
    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary>Environment variables, each <c>KEY=VALUE</c>; null for none.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>The working directory, an absolute path; null for <c>/</c>.</summary>
    public string? WorkingDir { get; init; }

    /// <summary>Whose rights the command has, <c>USER</c> or <c>USER:GROUP</c>; null for root.</summary>
    public string? User { get; init; }

    /// <summary>Whether the command gets a pseudo-terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Rows and columns of the pseudo-terminal when the command starts; null to leave them to a resize.</summary>
    public IReadOnlyList<ushort>? ConsoleSize { get; init; }

    /// <summary>Whether its standard input is kept open for clients; otherwise it reads end of file.</summary>
    public bool OpenStdin { get; init; }

    /// <summary>Whether the container is removed when its command exits.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>When the command is started again by itself; null for never. In Docker's request it is in <c>HostConfig</c>.</summary>
    public RestartPolicy? RestartPolicy { get; init; }

    /// <summary>How it is found out whether the container works; null for not at all.</summary>
    public HealthConfig? Healthcheck { get; init; }

    /// <summary>Names or ids of networks in order of connection, or one of <c>bridge</c>, <c>host</c>, <c>none</c>, <c>container:C</c>;
    /// null or empty for <c>bridge</c>.</summary>
    public IReadOnlyList<string>? Networks { get; init; }

    /// <summary>A file to which a network namespace is bound that another program made, such as /run/netns/NAME; null for a namespace of
    /// its own.</summary>
    public string? NamespacePath { get; init; }

    /// <summary>The id of a process whose network namespace it uses; null for a namespace of its own.</summary>
    public int? NamespaceProcess { get; init; }

    /// <summary>What is requested for the endpoints on these networks; null for none. A network that is named only here is connected after
    /// those of <see cref="Networks"/>.</summary>
    public ContainerNetworkingConfig? NetworkingConfig { get; init; }

    /// <summary>Further names of the container on the first of its networks; null for none.</summary>
    public IReadOnlyList<string>? NetworkAliases { get; init; }

    /// <summary>Its links on the first of its networks, each <c>CONTAINER[:ALIAS]</c>; null for none. In Docker's request they are in
    /// <c>HostConfig</c>.</summary>
    public IReadOnlyList<string>? Links { get; init; }

    /// <summary>Addresses of the upstream DNS servers for names that the container's networks do not have; null or empty for the
    /// host's.</summary>
    public IReadOnlyList<string>? Dns { get; init; }

    /// <summary>The search list in resolv.conf; null or empty for the host's, <c>.</c> alone for an empty one.</summary>
    public IReadOnlyList<string>? DnsSearch { get; init; }

    /// <summary>The options in resolv.conf, each one word such as <c>ndots:2</c>; null or empty for the host's.</summary>
    public IReadOnlyList<string>? DnsOptions { get; init; }

    /// <summary>Ports to publish as typed after <c>-p</c>: <c>[IP:][HOST:]CONTAINER[/PROTOCOL]</c>; null for none.</summary>
    public IReadOnlyList<string>? Ports { get; init; }

    /// <summary>Ports that it serves, published or not, as typed after <c>--expose</c>: <c>PORT[-PORT][/PROTOCOL]</c>; null for
    /// none.</summary>
    public IReadOnlyList<string>? Expose { get; init; }

    /// <summary>Whether every exposed port is published on a host port that is picked.</summary>
    public bool PublishAllPorts { get; init; }

    /// <summary>Whether a dry run explains the start of the command too, as <c>run</c> needs it. Without a dry run it has no
    /// effect.</summary>
    public bool ExplainStart { get; init; }

    /// <summary>How the command's output is kept; null for what the daemon is set to. In Docker's request it is in
    /// <c>HostConfig</c>.</summary>
    public ContainerLogConfig? LogConfig { get; init; }

    /// <summary>Lines of /etc/hosts, each <c>HOST:IP</c> or <c>HOST:host-gateway</c>; null for none. In Docker's request it is in
    /// <c>HostConfig</c>.</summary>
    public IReadOnlyList<string>? ExtraHosts { get; init; }

    /// <summary>Kernel settings of the network namespace, <c>net.*</c>, by name; null for none. In Docker's request it is in
    /// <c>HostConfig</c>.</summary>
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    /// <summary>Labels, or null for none.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}
