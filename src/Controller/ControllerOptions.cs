using System.Net;
using Net.Cnm.Addresses;
using Net.Cnm.Processes;
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

    /// <summary>Gateway and subnet of the default network as in <c>--bip</c>, or null to have one chosen. Read only when the network is
    /// created for the first time.</summary>
    public InterfaceAddress? DefaultBridgeAddress { get; init; }

    /// <summary>Whether the default network has IPv6.</summary>
    public bool DefaultBridgeIPv6 { get; init; }

    /// <summary>Options for the driver of the default network, such as its MTU.</summary>
    public IReadOnlyDictionary<string, string> DefaultBridgeOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>First and last port that host ports are picked from, as in <c>--port-range</c>; null for the kernel's own range.</summary>
    public (ushort First, ushort Last)? PortRange { get; init; }

    /// <summary>The DNS servers for containers that name none, at addresses that the host can reach. Empty: the servers of the host's
    /// resolv.conf.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>How much of a command's output is kept where the container does not say it.</summary>
    public LogLimits Log { get; init; } = LogLimits.Default;

    /// <summary>Reads which DNS servers the host uses.</summary>
    public HostResolverFile HostResolver { get; init; } = new();
}
