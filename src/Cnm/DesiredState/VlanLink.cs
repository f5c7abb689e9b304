namespace Net.Cnm.DesiredState;

/// <summary>A link of the host that sends and receives the frames of one VLAN of another link (IEEE 802.1Q), up.</summary>
public sealed record VlanLink : HostLink
{
    /// <summary>The interface name of the link that carries the VLAN.</summary>
    public required string Parent { get; init; }

    /// <summary>The VLAN identifier, 1 to 4094.</summary>
    public required ushort Id { get; init; }

    /// <inheritdoc/>
    public override string Kind => "vlan";

    /// <inheritdoc/>
    public override string Module => "8021q";

    /// <inheritdoc/>
    public override string BuildOption => "CONFIG_VLAN_8021Q";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(NamespaceRef.Host, Parent)];
}
