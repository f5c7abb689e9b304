using System.Net;

namespace Net.Cnm.Ports;

/// <summary>One published port, or a run of consecutive ports, with host address and host port chosen: traffic to the host address and port
/// is delivered to the container port.</summary>
public sealed record PortMapping
{
    /// <summary>The host address; <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all addresses of a family.</summary>
    public required IPAddress HostAddress { get; init; }

    /// <summary>The first host port, 1 to 65535; 0 with <see cref="PortDelivery.Routing"/>, which uses no host port.</summary>
    public required ushort HostPort { get; init; }

    /// <summary>The first port of the container, 1 to 65535.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>The number of consecutive ports, equal for host and container. Default 1.</summary>
    public ushort Count { get; init; } = 1;

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>How the traffic is delivered to the container.</summary>
    public PortDelivery Delivery { get; init; }
}
