using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A bridge in the daemon's network namespace. It is up, has no spanning tree protocol, and carries its owner's tag as
/// ifalias.</summary>
public sealed record BridgeLink : HostLink
{
    /// <summary>The Ethernet address of the bridge. It is set explicitly, since the kernel would otherwise change it when ports are added
    /// or removed.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>Whether IPv6 is enabled on the bridge. When it is not, <c>disable_ipv6</c> is set before the link comes up.</summary>
    public required bool IPv6 { get; init; }

    /// <inheritdoc/>
    public override string Kind => "bridge";
}
