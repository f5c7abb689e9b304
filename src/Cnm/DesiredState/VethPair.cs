using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A pair of virtual Ethernet links, both up: the host end a port of a bridge and tagged with its owner as ifalias, the other end
/// in a sandbox.</summary>
public sealed record VethPair : DesiredObject
{
    /// <summary>The host end's name, at most 15 bytes.</summary>
    public required string HostName { get; init; }

    /// <summary>The bridge the host end is a port of.</summary>
    public required string Bridge { get; init; }

    /// <summary>The namespace of the other end.</summary>
    public required NamespaceRef PeerNamespace { get; init; }

    /// <summary>The other end's name, such as eth0.</summary>
    public required string PeerName { get; init; }

    /// <summary>The other end's Ethernet address.</summary>
    public required MacAddress PeerMacAddress { get; init; }

    /// <summary>MTU of both ends in bytes, or null for the kernel's own choice.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether the other end has IPv6; where not, <c>disable_ipv6</c> is set before it comes up. The host end never has
    /// IPv6.</summary>
    public required bool PeerIPv6 { get; init; }

    /// <summary>Whether the bridge may send a frame back out of this port (hairpin mode).</summary>
    public bool Hairpin { get; init; }

    /// <inheritdoc/>
    public override string Key => $"link:{NamespaceRef.Host.Key}:{HostName}";
}
