using System.Net;

namespace Net.Cnm.Ports;

/// <summary>What host ports may be chosen from, and for which addresses of the container.</summary>
public sealed record HostPortRules
{
    /// <summary>
    /// The host addresses of a specification that names none, such as the network's <c>host_binding_ipv4</c>. One of a family that cannot
    /// be published is passed over. Default: all addresses of both families.
    /// </summary>
    public IReadOnlyList<IPAddress> DefaultAddresses { get; init; } = [IPAddress.Any, IPAddress.IPv6Any];

    /// <summary>Whether the container has an IPv4 address to publish. Default true.</summary>
    public bool IPv4 { get; init; } = true;

    /// <summary>Whether the container has an IPv6 address to publish. Default false.</summary>
    public bool IPv6 { get; init; }

    /// <summary>Whether the host has IPv6, so that a port of a container without it is published on IPv6 addresses too, by the forwarder.
    /// Default false.</summary>
    public bool HostIPv6 { get; init; }

    /// <summary>Whether IPv4 is routed to the container's own address: its ports are opened there, and no host port is taken. Default
    /// false.</summary>
    public bool RoutedIPv4 { get; init; }

    /// <summary>Whether IPv6 is routed to the container's own address. Default false.</summary>
    public bool RoutedIPv6 { get; init; }

    /// <summary>First port that is picked for a specification without a host port. Default 32768, allowed 1 to
    /// <see cref="Last"/>.</summary>
    public ushort First { get; init; } = 32768;

    /// <summary>Last port that is picked. Default 60999, the kernel's own (ip_local_port_range). A short range runs out early: one port a
    /// published one.</summary>
    public ushort Last { get; init; } = 60999;

    /// <summary>Ports of the range that are never picked (ip_local_reserved_ports). Asking for one by number is allowed.</summary>
    public IReadOnlySet<ushort> Reserved { get; init; } = new HashSet<ushort>();

    /// <summary>Where picking starts; outside the range means its first port. Give what the last choice returned, so that a port just given
    /// back is not reused at once.</summary>
    public ushort Cursor { get; init; }

    /// <summary>How many free ports of a host range (8000-8010:80) are passed over, because another program turned out to have them.
    /// Default 0.</summary>
    public int PassOver { get; init; }
}
