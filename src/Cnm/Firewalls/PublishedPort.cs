using System.Net;
using Net.Cnm.Ports;

namespace Net.Cnm.Firewalls;

/// <summary>One published port, or a run of consecutive ports, of one address family: packets that arrive at the host address and port are
/// sent to the container by destination NAT.</summary>
public sealed record PublishedPort : FirewallPolicy
{
    /// <summary>The interface name of the bridge that the container is on.</summary>
    public required string Bridge { get; init; }

    /// <summary>The transport protocol.</summary>
    public required PortProtocol Protocol { get; init; }

    /// <summary>The host address, of the same family as the container's address; <see cref="IPAddress.Any"/> or
    /// <see cref="IPAddress.IPv6Any"/> for all local addresses of that family.</summary>
    public required IPAddress HostAddress { get; init; }

    /// <summary>The first host port.</summary>
    public required ushort HostPort { get; init; }

    /// <summary>The container's address.</summary>
    public required IPAddress ContainerAddress { get; init; }

    /// <summary>The first port of the container.</summary>
    public required ushort ContainerPort { get; init; }

    /// <summary>The number of consecutive ports, equal for host and container. Default 1.</summary>
    public ushort Count { get; init; } = 1;

    /// <inheritdoc/>
    public override string Key => $"firewall-port:{HostAddress}:{HostPort}/{Protocol.ToWord()}";
}
