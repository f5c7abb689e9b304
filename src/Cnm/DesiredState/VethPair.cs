using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>A pair of virtual Ethernet links (veth(4)), both up. The host end, whose name is <see cref="HostLink.Name"/>, is a port of a
/// bridge and carries its owner's tag as ifalias; the peer is in the network namespace of a sandbox.</summary>
public sealed record VethPair : HostLink
{
    /// <summary>The interface name of the bridge of which the host end is a port.</summary>
    public required string Bridge { get; init; }

    /// <summary>Whether another program made the bridge. Default false.</summary>
    public bool BridgeIsAdopted { get; init; }

    /// <summary>The network namespace of the peer.</summary>
    public required NamespaceRef PeerNamespace { get; init; }

    /// <summary>The interface name of the peer, such as eth0.</summary>
    public required string PeerName { get; init; }

    /// <summary>The Ethernet address of the peer.</summary>
    public required MacAddress PeerMacAddress { get; init; }

    /// <summary>Whether IPv6 is enabled on the peer. When it is not, <c>disable_ipv6</c> is set before the peer comes up. The host end
    /// never has IPv6.</summary>
    public required bool PeerIPv6 { get; init; }

    /// <summary>Whether the host end exchanges no frames with other isolated ports of the bridge. Default false.</summary>
    public bool Isolated { get; init; }

    /// <summary>Whether the bridge may send a frame out of the port by which it arrived (hairpin mode). Default false.</summary>
    public bool Hairpin { get; init; }

    /// <inheritdoc/>
    public override string Kind => "veth";

    /// <inheritdoc/>
    public override string Words => $"link {Name} to {PeerName} of {PeerNamespace}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(NamespaceRef.Host, Name), new(PeerNamespace, PeerName)];

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(NamespaceRef.Host, Bridge), new(PeerNamespace)];
}
