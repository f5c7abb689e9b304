using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A bridge in the daemon's namespace, up, spanning tree off, tagged with its owner as ifalias.</summary>
public sealed record BridgeLink : DesiredObject
{
    /// <summary>The interface name, at most 15 bytes.</summary>
    public required string Name { get; init; }

    /// <summary>Its Ethernet address, fixed so that ports coming and going do not change it.</summary>
    public required MacAddress MacAddress { get; init; }

    /// <summary>MTU in bytes, or null for the kernel's own choice.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether IPv6 is on; where it is not, <c>disable_ipv6</c> is set before the link comes up.</summary>
    public required bool IPv6 { get; init; }

    /// <inheritdoc/>
    public override string Key => $"link:{NamespaceRef.Host.Key}:{Name}";
}
