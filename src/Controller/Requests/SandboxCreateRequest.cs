using Net.Cnm.HealthChecks;
using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Requests;

/// <summary>A request to create a container, before anything is chosen.</summary>
public sealed record SandboxCreateRequest
{
    /// <summary>The name, unique among containers; null for a random one.</summary>
    public string? Name { get; init; }

    /// <summary>The container's host name; null for the id's first 12 digits.</summary>
    public string? HostName { get; init; }

    /// <summary>The networks to connect to, in order; empty for the default network. <c>host</c> and <c>none</c> cannot be combined with
    /// others.</summary>
    public IReadOnlyList<EndpointRequest> Networks { get; init; } = [];

    /// <summary>The network namespace that it adopts; null for one of its own.</summary>
    public NamespaceSource? Adopts { get; init; }

    /// <summary>The name that another program gives to the network stack which it makes for the container; null when none does. Such a
    /// container has no command of ours and is up at once.</summary>
    public string? ForeignKey { get; init; }

    /// <summary>The settings of its resolver.</summary>
    public ResolverConfig Resolver { get; init; } = ResolverConfig.None;

    /// <summary>The ports to publish.</summary>
    public IReadOnlyList<PortSpec> PortSpecs { get; init; } = [];

    /// <summary>Ports that it serves, published or not.</summary>
    public IReadOnlyList<ExposedPort> ExposedPorts { get; init; } = [];

    /// <summary>Whether every exposed port is published on a host port that is picked.</summary>
    public bool PublishAll { get; init; }

    /// <summary>
    /// The command for <c>start</c>; null for a container that is up at once and waits for exec. Its environment holds the user's
    /// variables; PATH, HOSTNAME and TERM are added where they are missing.
    /// </summary>
    public ProcessConfig? Process { get; init; }

    /// <summary>Whether it is removed when its command exits.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>When its command is started again by itself; null for never.</summary>
    public SandboxRestartPolicy? RestartPolicy { get; init; }

    /// <summary>How it is found out whether it works; null for nothing.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>How much of the command's output is kept; null for what the daemon is set to.</summary>
    public LogLimits? Log { get; init; }

    /// <summary>Lines of /etc/hosts, in order; null for none.</summary>
    public IReadOnlyList<HostEntry>? ExtraHosts { get; init; }

    /// <summary>Kernel settings of its network namespace, by name; null for none.</summary>
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    /// <summary>The user's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
