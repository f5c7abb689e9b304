using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Processes;

namespace Net.Cnm.Sandboxes;

/// <summary>A container: a network stack with a name, and usually one process. Every choice made.</summary>
public sealed record Sandbox
{
    /// <summary>Its id, which also names its namespace file.</summary>
    public required SandboxId Id { get; init; }

    /// <summary>Its unique name.</summary>
    public required string Name { get; init; }

    /// <summary>The host name inside.</summary>
    public required string HostName { get; init; }

    /// <summary>When it was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Where it is in its life.</summary>
    public SandboxState State { get; init; } = SandboxState.Created;

    /// <summary>Whose network stack it uses.</summary>
    public NetworkMode Mode { get; init; } = NetworkMode.Own;

    /// <summary>The published ports as asked for.</summary>
    public IReadOnlyList<PortSpec> PortSpecs { get; init; } = [];

    /// <summary>Ports of the container that it serves although they may not be published (<c>--expose</c>); those of
    /// <see cref="PortSpecs"/> count as exposed too.</summary>
    public IReadOnlyList<ExposedPort> ExposedPorts { get; init; } = [];

    /// <summary>Whether every exposed port is published on a host port that is picked (<c>-P</c>).</summary>
    public bool PublishAll { get; init; }

    /// <summary>The published ports as chosen; empty while Exited.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>The port on 127.0.0.11 where the daemon answers DNS for it; null without a network that has names.</summary>
    public ushort? ResolverPort { get; init; }

    /// <summary>What the user says about its resolver.</summary>
    public ResolverConfig Resolver { get; init; } = ResolverConfig.None;

    /// <summary>The command it runs; null for one made by <c>netctl create</c>.</summary>
    public ProcessConfig? Process { get; init; }

    /// <summary>Whether it is removed when its process ends.</summary>
    public bool AutoRemove { get; init; }

    /// <summary>The user's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Process id of the command while Running, in the daemon's PID namespace.</summary>
    public int? ProcessId { get; init; }

    /// <summary>When its process started, or null.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When its process ended, or null.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The ended process's exit code: 0 to 255, 128 + N when signal N ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Whether its network stack exists (or should).</summary>
    public bool HasNetworkStack => State is SandboxState.Created or SandboxState.Running;
}
