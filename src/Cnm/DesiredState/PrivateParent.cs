namespace Net.Cnm.DesiredState;

/// <summary>A link of the host that leads nowhere, up: the parent of links of containers that reach only each other. It is a dummy link, or
/// where the kernel has none a veth pair of which both ends are here.</summary>
public sealed record PrivateParent : HostLink
{
    /// <summary>The interface name of the other end, where it is a veth pair.</summary>
    public required string OtherName { get; init; }

    /// <inheritdoc/>
    public override string Kind => "dummy";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(NamespaceRef.Host, Name), new(NamespaceRef.Host, OtherName)];
}
