using System.Net;

namespace Net.Cnm.DesiredState;

/// <summary>A bridge in the daemon's namespace that another program made and that a network stands on. Its addresses, ports and settings
/// are not ours: they stay as they are, also when the network is removed. It is never made, and is set up once, with the network.</summary>
public sealed record AdoptedBridge : DesiredObject
{
    /// <summary>The interface name.</summary>
    public required string Name { get; init; }

    /// <summary>The bridge's own IPv4 address that is the network's gateway; null where there is none, or this program adds it.</summary>
    public IPAddress? IPv4Gateway { get; init; }

    /// <summary>The bridge's own IPv6 address that is the network's gateway, as <see cref="IPv4Gateway"/>.</summary>
    public IPAddress? IPv6Gateway { get; init; }

    /// <summary>Whether packets from 127.0.0.0/8 may leave by the bridge (sysctl route_localnet), which ports need that are published on
    /// such an address. The prior value is stored, and set back when the network is removed.</summary>
    public bool RoutesLoopback { get; init; }

    /// <inheritdoc/>
    public override string Key => $"link:{NamespaceRef.Host.Key}:{Name}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(NamespaceRef.Host, Name)];

    /// <inheritdoc/>
    public override bool KeepsPlaces => true;
}
