using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.Firewalls;

/// <summary>A port of a container, or a run of consecutive ports, that other hosts may reach by routing to the container's own address
/// (gateway mode routed).</summary>
public sealed record OpenPort : FirewallPolicy
{
    /// <summary>The interface name of the bridge that the container is on.</summary>
    public required string Bridge { get; init; }

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>The container's address.</summary>
    public required IPAddress ContainerAddress { get; init; }

    /// <summary>The first port of the container.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>The number of consecutive ports. Default 1.</summary>
    public ushort Count { get; init; } = 1;

    /// <inheritdoc/>
    public override string Key => $"firewall-open:{ContainerAddress}:{ContainerPort}/{Protocol.ToWord()}";
}
