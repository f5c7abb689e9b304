using System.Net;

namespace Net.Cnm.Ports;

/// <summary>The rules for choosing host ports: the range of ports, the host addresses, and the address families of the container.</summary>
public sealed record HostPortRules
{
    /// <summary>The host addresses of a specification that names none, such as the option <c>host_binding_ipv4</c> of the network. An
    /// address of a family that cannot be published is skipped. Default: all addresses of both families.</summary>
    public IReadOnlyList<IPAddress> DefaultAddresses { get; init; } = [IPAddress.Any, IPAddress.IPv6Any];

    /// <summary>The IPv4 broadcast addresses of the subnets that the host is on; no port is published on them.</summary>
    public IReadOnlySet<IPAddress> BroadcastAddresses { get; init; } = new HashSet<IPAddress>();

    /// <summary>Whether the container has an IPv4 address to publish. Default true.</summary>
    public bool IPv4 { get; init; } = true;

    /// <summary>Whether the container has an IPv6 address to publish. Default false.</summary>
    public bool IPv6 { get; init; }

    /// <summary>Whether the host has IPv6. The port of a container without IPv6 is then published on IPv6 addresses too, by the forwarder.
    /// Default false.</summary>
    public bool HostIPv6 { get; init; }

    /// <summary>Whether IPv4 is routed to the container's own address (gateway mode routed): ports are opened on that address, and no host
    /// port is taken. Default false.</summary>
    public bool RoutedIPv4 { get; init; }

    /// <summary>Whether IPv6 is routed to the container's own address (gateway mode routed). Default false.</summary>
    public bool RoutedIPv6 { get; init; }

    /// <summary>The first port of the range for automatic choice. Default 32768; allowed are 1 to <see cref="Last"/>.</summary>
    public ushort First { get; init; } = 32768;

    /// <summary>The last port of the range for automatic choice. Default 60999, the kernel's default (net.ipv4.ip_local_port_range). Every
    /// port published without a host port uses up one port of the range.</summary>
    public ushort Last { get; init; } = 60999;

    /// <summary>Ports of the range that are never chosen automatically (net.ipv4.ip_local_reserved_ports). A user may still name
    /// one.</summary>
    public IReadOnlySet<ushort> Reserved { get; init; } = new HashSet<ushort>();

    /// <summary>The port at which the search starts. A value outside the range stands for its first port. Pass the value that the last
    /// choice returned, so that a port that was just released is not reused at once.</summary>
    public ushort Cursor { get; init; }

    /// <summary>The number of free ports of a range of host ports (as in 8000-8010:80) to skip, because another program turned out to use
    /// them. Default 0.</summary>
    public int PassOver { get; init; }
}
