using System.Net;

namespace Net.Cnm.Ports;

/// <summary>One published port with everything chosen: what arrives at the host address and port goes to the container's port.</summary>
public sealed record PortMapping
{
    /// <summary>The host address: one address, or <see cref="IPAddress.Any"/> or <see cref="IPAddress.IPv6Any"/> for all of a family.</summary>
    public required IPAddress HostAddress { get; init; }

    /// <summary>The host port, 1 to 65535.</summary>
    public required ushort HostPort { get; init; }

    /// <summary>The container's port, 1 to 65535.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }
}
