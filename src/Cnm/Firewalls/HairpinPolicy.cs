using System.Net;

namespace Net.Cnm.Firewalls;

/// <summary>Connections to the published ports of a container from a subnet that the container is on too, by another of its networks: they
/// are masqueraded. Otherwise the container would answer by that other network, past the host, from an address that the client never
/// asked.</summary>
/// <remarks>For the subnet of the bridge itself this is part of the <see cref="BridgePolicy"/>.</remarks>
public sealed record HairpinPolicy : FirewallPolicy
{
    /// <summary>The interface name of the bridge by which the container's ports are published.</summary>
    public required string Bridge { get; init; }

    /// <summary>The container's address on that bridge.</summary>
    public required IPAddress ContainerAddress { get; init; }

    /// <summary>The subnet of the other network, of the same family.</summary>
    public required IPNetwork Subnet { get; init; }

    /// <inheritdoc/>
    public override string Key => $"firewall-hairpin:{ContainerAddress}:{Subnet}";
}
