using Net.Cnm.Ports;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;

namespace Net.Controller.Requests;

/// <summary>A container as asked for, before anything is chosen.</summary>
public sealed record SandboxCreateRequest
{
    /// <summary>The name, unique among containers; null to have one made up.</summary>
    public string? Name { get; init; }

    /// <summary>The host name inside; null for the id's first 12 digits.</summary>
    public string? HostName { get; init; }

    /// <summary>The networks to be on, in order; empty for the default network. <c>host</c> and <c>none</c> stand alone.</summary>
    public IReadOnlyList<EndpointRequest> Networks { get; init; } = [];

    /// <summary>What is said about its resolver.</summary>
    public ResolverConfig Resolver { get; init; } = ResolverConfig.None;

    /// <summary>The ports to publish.</summary>
    public IReadOnlyList<PortSpec> PortSpecs { get; init; } = [];

    /// <summary>Ports that it serves although they may not be published.</summary>
    public IReadOnlyList<ExposedPort> ExposedPorts { get; init; } = [];

    /// <summary>Whether every exposed port is published on a host port that is picked.</summary>
    public bool PublishAll { get; init; }

    /// <summary>
    /// The command for <c>start</c>; null for a container that only waits. Its environment holds what the user gave: PATH, HOSTNAME, HOME and TERM are added where
    /// they are not there.
    /// </summary>
    public ProcessConfig? Process { get; init; }

    /// <summary>Whether it is removed when its command ends.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>The user's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
}
