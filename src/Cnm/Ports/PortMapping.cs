using System.Net;

namespace Net.Cnm.Ports;

/// <summary>One published port, or a run of consecutive ones, with everything chosen: what arrives at the host address and port goes to the
/// container's port.</summary>
public sealed record PortMapping
{
    /// <summary>The host address: one address, or <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all of a
    /// family.</summary>
    public required IPAddress HostAddress { get; init; }

    /// <summary>The first host port, 1 to 65535; 0 with <see cref="PortDelivery.Routing"/>, which has none.</summary>
    public required ushort HostPort { get; init; }

    /// <summary>The first port of the container, 1 to 65535.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>How many consecutive ports, host and container alike. Default 1.</summary>
    public ushort Count { get; init; } = 1;

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>How it comes to the container.</summary>
    public PortDelivery Delivery { get; init; }
}
