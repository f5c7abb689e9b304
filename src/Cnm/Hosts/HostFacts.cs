using System.Net;

namespace Net.Cnm.Hosts;

/// <summary>What planning needs to know of the host, read once an operation by the engine. A driver never looks for itself.</summary>
public sealed record HostFacts
{
    /// <summary>MTU in bytes of the link the default route leaves by; null without a default route.</summary>
    public int? EgressMtu { get; init; }

    /// <summary>Destinations of the host's routes, both families, those of our own links (by tag) left out.</summary>
    public IReadOnlyList<IPNetwork> Routes { get; init; } = [];

    /// <summary>Names of the links by which the host has a default route from a router advertisement that the kernel took itself (accept_ra
    /// not 0).</summary>
    public IReadOnlyList<string> AdvertisedLinks { get; init; } = [];

    /// <summary>Names of the links in the daemon's namespace that are not ours.</summary>
    public IReadOnlySet<string> ForeignLinks { get; init; } = new HashSet<string>();

    /// <summary>First port of the range host ports are picked from (ip_local_port_range).</summary>
    public ushort FirstLocalPort { get; init; } = 32768;

    /// <summary>Last port of that range.</summary>
    public ushort LastLocalPort { get; init; } = 60999;

    /// <summary>Ports of that range that are never picked (ip_local_reserved_ports).</summary>
    public IReadOnlySet<ushort> ReservedPorts { get; init; } = new HashSet<ushort>();

    /// <summary>Whether IPv4 is forwarded, and who turned that on.</summary>
    public ForwardingState IPv4Forwarding { get; init; } = ForwardingState.On;

    /// <summary>Whether IPv6 is forwarded, and who turned that on.</summary>
    public ForwardingState IPv6Forwarding { get; init; } = ForwardingState.On;

    /// <summary>Whether the kernel has IPv6.</summary>
    public bool IPv6Available { get; init; } = true;
}
