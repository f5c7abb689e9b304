using System.Net;
using Net.Cnm.Processes;
using Net.Cnm.Sandboxes;
using Net.Controller.Requests;
using Net.Dns.Files;

namespace Net.Controller;

/// <summary>Settings of the controller.</summary>
public sealed record ControllerOptions
{
    /// <summary>The directory of run-time files, an absolute path. It holds <c>netns/ID</c> and
    /// <c>containers/ID/{hosts,resolv.conf,hostname}</c>.</summary>
    public required string ExecRoot { get; init; }

    /// <summary>The host's name. A container in mode host has it too.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Whether there is a default network, <c>bridge</c>. Without it, a container that is created without a network has mode
    /// none.</summary>
    public bool HasDefaultBridge { get; init; } = true;

    /// <summary>The interface name of the bridge of another program that the default network stands on, as in <c>--bridge</c>; null for a
    /// bridge of its own.</summary>
    public string? DefaultBridgeLink { get; init; }

    /// <summary>The subnets of the default network, at most one for each address family; for another family one is chosen. Read only when
    /// the network is created for the first time.</summary>
    public IReadOnlyList<SubnetRequest> DefaultBridgeSubnets { get; init; } = [];

    /// <summary>Whether the default network has IPv6.</summary>
    public bool DefaultBridgeIPv6 { get; init; }

    /// <summary>Options for the driver of the default network, such as its MTU.</summary>
    public IReadOnlyDictionary<string, string> DefaultBridgeOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>First and last port that host ports are picked from, as in <c>--port-range</c>; null for the kernel's own range.</summary>
    public (ushort First, ushort Last)? PortRange { get; init; }

    /// <summary>The addresses that <c>host-gateway</c> stands for in lines of /etc/hosts, at most one for each family; empty: those that
    /// the host has on the default network.</summary>
    public IReadOnlyList<IPAddress> HostGateways { get; init; } = [];

    /// <summary>The settings of the resolver for containers that have none of their own; its servers are at addresses that the host can
    /// reach. What is empty here too is as in the host's resolv.conf.</summary>
    public ResolverConfig Resolver { get; init; } = ResolverConfig.None;

    /// <summary>How much of a command's output is kept where the container does not say it.</summary>
    public LogLimits Log { get; init; } = LogLimits.Default;

    /// <summary>Reads which DNS servers the host uses.</summary>
    public HostResolverFile HostResolver { get; init; } = new();
}
