using Net.Cnm.HealthChecks;
using Net.Cnm.Identifiers;
using Net.Cnm.Ports;
using Net.Cnm.Processes;

namespace Net.Cnm.Sandboxes;

/// <summary>A container: a network stack with a name, and usually one process. Everything that the user left open has been
/// chosen.</summary>
public sealed record Sandbox
{
    /// <summary>The sandbox's id, which also names the file of its network namespace.</summary>
    public required SandboxId Id { get; init; }

    /// <summary>The sandbox's name, unique among sandboxes.</summary>
    public required string Name { get; init; }

    /// <summary>The host name that processes in the sandbox see.</summary>
    public required string HostName { get; init; }

    /// <summary>The time when the sandbox was created.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The state of the sandbox in its life cycle.</summary>
    public SandboxState State { get; init; } = SandboxState.Created;

    /// <summary>Whose network stack the sandbox uses. Default <see cref="NetworkMode.Own"/>.</summary>
    public NetworkMode Mode { get; init; } = NetworkMode.Own;

    /// <summary>The sandbox whose network stack it uses, in <see cref="NetworkMode.Container"/>; null in other modes. That sandbox may have
    /// exited or been removed since.</summary>
    public SandboxId? SharesStackOf { get; init; }

    /// <summary>Where its network namespace was made by another program; null when the daemon makes it.</summary>
    public NamespaceSource? Adopts { get; init; }

    /// <summary>The name that another program gives to the network stack which it makes for the sandbox, such as the sandbox key of Docker
    /// Engine; null when no other program does. The daemon never looks into such a stack.</summary>
    public string? ForeignKey { get; init; }

    /// <summary>The published ports as the user asked for them.</summary>
    public IReadOnlyList<PortSpec> PortSpecs { get; init; } = [];

    /// <summary>Whether another program has another endpoint as its container's way out for IPv6, so that <see cref="PortSpecs"/> are
    /// published on IPv4 addresses alone. Default false.</summary>
    public bool PublishesIPv4Only { get; init; }

    /// <summary>Ports that the container serves, published or not (<c>--expose</c>). The ports of <see cref="PortSpecs"/> count as exposed
    /// too.</summary>
    public IReadOnlyList<ExposedPort> ExposedPorts { get; init; } = [];

    /// <summary>Whether every exposed port is published on an automatically chosen host port (<c>-P</c>).</summary>
    public bool PublishAll { get; init; }

    /// <summary>The published ports with host addresses and ports chosen; empty unless the state is Running.</summary>
    public IReadOnlyList<PortMapping> Ports { get; init; } = [];

    /// <summary>The port on 127.0.0.11 where the daemon answers DNS queries of the sandbox; null when none of its networks has names in
    /// DNS.</summary>
    public ushort? ResolverPort { get; init; }

    /// <summary>The user's settings for the sandbox's DNS resolver.</summary>
    public ResolverConfig Resolver { get; init; } = ResolverConfig.None;

    /// <summary>Lines of /etc/hosts that the user asked for, in order; null for none.</summary>
    public IReadOnlyList<HostEntry>? ExtraHosts { get; init; }

    /// <summary>Kernel settings of its network namespace that the user asked for, by name, such as <c>net.ipv4.ip_forward</c>; null for
    /// none.</summary>
    public IReadOnlyDictionary<string, string>? Sysctls { get; init; }

    /// <summary>The names of networks that the exited sandbox was on when they were removed; null for none. It cannot be started before it
    /// is disconnected from them, or connected to other networks of these names.</summary>
    public IReadOnlyList<string>? RemovedNetworks { get; init; }

    /// <summary>The links to other sandboxes on the default network, in the order in which they were asked for, each with another alias;
    /// null for none.</summary>
    public IReadOnlyList<SandboxLink>? Links { get; init; }

    /// <summary>The command that the sandbox runs; null for a sandbox made by <c>netctl create</c>.</summary>
    public ProcessConfig? Process { get; init; }

    /// <summary>Whether the sandbox is removed when its process ends (<c>--rm</c>).</summary>
    public bool AutoRemove { get; init; }

    /// <summary>When the command is started again by itself; null for never.</summary>
    public SandboxRestartPolicy? RestartPolicy { get; init; }

    /// <summary>How it is found out whether it works; null when nothing was said of that.</summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>Whether the user stopped the sandbox since its last start. Then <see cref="RestartPolicy"/> does not start it.</summary>
    public bool StoppedByUser { get; init; }

    /// <summary>What an operation that ends the command does once it has ended; null when none does, and when it is done.</summary>
    public EndPurpose? EndedFor { get; init; }

    /// <summary>Whether the exited sandbox waits to be started again by its policy.</summary>
    public bool IsRestarting { get; init; }

    /// <summary>Whether the processes of the running sandbox are held up, or are to be: a daemon that starts holds them up again.</summary>
    public bool IsPaused { get; init; }

    /// <summary>How often the policy has started the sandbox since the user did.</summary>
    public int RestartCount { get; init; }

    /// <summary>The milliseconds between the last exit and the start that followed or is to follow it by policy; 0 for none.</summary>
    public int RestartDelay { get; init; }

    /// <summary>How much of the command's output is kept; null for what the daemon is set to.</summary>
    public LogLimits? Log { get; init; }

    /// <summary>The user's labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The process id of the command in the daemon's PID namespace, or of the shim when the sandbox has no command; null unless
    /// the state is Running.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The time when the process started; null before that.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>The time when the process last ended, also while it runs again; null before that.</summary>
    public DateTimeOffset? Finished { get; init; }

    /// <summary>The exit code of the ended process, 0 to 255; 128 + N when signal N ended it; what a start that failed
    /// counts as. 0 for a sandbox without a command.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Why its last start failed, a sentence; null when that succeeded, or there was none.</summary>
    public string? StartError { get; init; }

    /// <summary>Whether the network stack of the sandbox should exist.</summary>
    public bool HasNetworkStack => State == SandboxState.Running;

    /// <summary>Whose network stack the sandbox uses.</summary>
    public StackSource StackSource => Mode switch
    {
        NetworkMode.Host => StackSource.Host,
        NetworkMode.Container => StackSource.Shared,
        _ => ForeignKey is not null ? StackSource.Foreign : Adopts is not null ? StackSource.Adopted : StackSource.Made,
    };

    /// <summary>Whether the sandbox has a network stack of its own that the daemon looks after: one that is neither the host's, nor another
    /// sandbox's, nor all another program's.</summary>
    public bool HasOwnStack => HasNetworkStack && StackSource is StackSource.Made or StackSource.Adopted;

    /// <summary>Whether endpoints of the sandbox have links and rules on the host.</summary>
    public bool HasEndpointLinks => HasOwnStack || (HasNetworkStack && StackSource == StackSource.Foreign);

    /// <summary>The sandbox with other <see cref="Links"/>.</summary>
    public Sandbox WithLinks(IReadOnlyList<SandboxLink> links) => this with { Links = links.Count == 0 ? null : links };

    /// <summary>The sandbox with one name less in <see cref="RemovedNetworks"/>.</summary>
    public Sandbox WithoutRemovedNetwork(string name)
    {
        string[] rest = [.. (RemovedNetworks ?? []).Where(removed => removed != name)];
        return this with { RemovedNetworks = rest.Length == 0 ? null : rest };
    }
}
