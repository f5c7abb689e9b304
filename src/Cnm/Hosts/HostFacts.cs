using System.Net;

namespace Net.Cnm.Hosts;

/// <summary>Facts about the host that planning needs. The engine reads them once per operation; drivers never read them
/// themselves.</summary>
public sealed record HostFacts
{
    /// <summary>The MTU in bytes of the link that the default route uses; null without a default route.</summary>
    public int? EgressMtu { get; init; }

    /// <summary>The host's routes in both families, without those of this program's links (which are recognised by their tag).</summary>
    public IReadOnlyList<HostRoute> Routes { get; init; } = [];

    /// <summary>The IPv4 broadcast addresses of the subnets that the host is on, also by this program's links. A packet to one of them is
    /// for every machine of the subnet.</summary>
    public IReadOnlySet<IPAddress> BroadcastAddresses { get; init; } = new HashSet<IPAddress>();

    /// <summary>The routes that lead out by this program's links. Only those of owners that are not known matter: no subnet may overlap
    /// them.</summary>
    public IReadOnlyList<OwnRoute> OwnRoutes { get; init; } = [];

    /// <summary>The names of the links, without this program's, on which the kernel accepts router advertisements, or would if this program
    /// had not turned IPv6 forwarding on (sysctl accept_ra is 1, or 2: also while forwarding).</summary>
    public IReadOnlyList<string> AdvertisedLinks { get; init; } = [];

    /// <summary>The names of the links in the daemon's namespace that do not belong to this program.</summary>
    public IReadOnlySet<string> ForeignLinks { get; init; } = new HashSet<string>();

    /// <summary>The names of all links in the daemon's namespace.</summary>
    public IReadOnlySet<string> Links { get; init; } = new HashSet<string>();

    /// <summary>The bridges that do not belong to this program.</summary>
    public IReadOnlyList<HostBridge> ForeignBridges { get; init; } = [];

    /// <summary>The names of those of them that are networks of programs for containers or virtual machines, sorted: they have a name that
    /// such a program gives, and containers and virtual machines alone are connected to them. A bridge that an administrator has made may
    /// rely on it that the host does not forward.</summary>
    public IEnumerable<string> GuestBridges => ForeignBridges
        .Where(bridge => bridge.HasGuestsOnly && GuestBridgeNames.Contains(bridge.Name))
        .Select(bridge => bridge.Name)
        .Order(StringComparer.Ordinal);

    /// <summary>The addresses of the host on links that do not belong to this program, without those that this program gave it.</summary>
    public IReadOnlyList<HostAddress> ForeignAddresses { get; init; } = [];

    /// <summary>The first port of the range from which host ports are chosen (sysctl net.ipv4.ip_local_port_range). Default 32768, as in
    /// the kernel.</summary>
    public ushort FirstLocalPort { get; init; } = 32768;

    /// <summary>The last port of that range. Default 60999, as in the kernel.</summary>
    public ushort LastLocalPort { get; init; } = 60999;

    /// <summary>Ports of that range that are never chosen automatically (sysctl net.ipv4.ip_local_reserved_ports).</summary>
    public IReadOnlySet<ushort> ReservedPorts { get; init; } = new HashSet<ushort>();

    /// <summary>Whether the host forwards IPv4 packets, and who turned that on.</summary>
    public ForwardingState IPv4Forwarding { get; init; } = ForwardingState.On;

    /// <summary>Whether the host forwards IPv6 packets, and who turned that on.</summary>
    public ForwardingState IPv6Forwarding { get; init; } = ForwardingState.On;

    /// <summary>Whether IPv6 is available in the kernel.</summary>
    public bool IPv6Available { get; init; } = true;
}
