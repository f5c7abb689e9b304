using System.Net;

namespace Net.Cnm.Ports;

/// <summary>One port as asked for with <c>-p [IP:][HOST:]CONTAINER[/PROTOCOL]</c>, before anything is chosen.</summary>
public sealed record PortSpec
{
    /// <summary>The host address to publish on, or null for the network's default: all addresses of both families.</summary>
    public IPAddress? HostAddress { get; init; }

    /// <summary>The host port, 1 to 65535, or null to have one picked.</summary>
    public ushort? HostPort { get; init; }

    /// <summary>The container's port, 1 to 65535.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }
}
