using System.Net;
using Net.Cnm.Addresses;
using Net.Dns.Files;

namespace Net.Controller;

/// <summary>Settings of the controller.</summary>
public sealed record ControllerOptions
{
    /// <summary>Where run-time files live: <c>netns/ID</c> and <c>containers/ID/{hosts,resolv.conf,hostname}</c> are below it. An absolute path.</summary>
    public required string ExecRoot { get; init; }

    /// <summary>The host's name, which containers in host mode have.</summary>
    public string HostName { get; init; } = Environment.MachineName;

    /// <summary>Gateway and subnet of the default network as in <c>--bip</c>, or null to have one chosen. Read when the network is made first.</summary>
    public InterfaceAddress? DefaultBridgeAddress { get; init; }

    /// <summary>Whether the default network has IPv6.</summary>
    public bool DefaultBridgeIPv6 { get; init; }

    /// <summary>Options for the driver of the default network, such as its MTU.</summary>
    public IReadOnlyDictionary<string, string> DefaultBridgeOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>First and last port that host ports are picked from, as in <c>--port-range</c>; null for the kernel's own range.</summary>
    public (ushort First, ushort Last)? PortRange { get; init; }

    /// <summary>The DNS servers of all containers for which none are named, as the host reaches them; none: the host's own.</summary>
    public IReadOnlyList<IPAddress> DnsServers { get; init; } = [];

    /// <summary>Reads which DNS servers the host uses.</summary>
    public HostResolverFile HostResolver { get; init; } = new();
}
