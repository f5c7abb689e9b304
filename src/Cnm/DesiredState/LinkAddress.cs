using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>An address on an interface. IPv6 addresses are added without duplicate address detection (IFA_F_NODAD), since the controller
/// guarantees that they are unique.</summary>
public sealed record LinkAddress : DesiredObject
{
    /// <summary>The network namespace of the interface.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The name of the interface.</summary>
    public required string Link { get; init; }

    /// <summary>The address with its prefix length.</summary>
    public required InterfaceAddress Address { get; init; }

    /// <summary>Whether the interface is another program's, so that only a mark on the address itself tells that it is ours. Default
    /// false.</summary>
    public bool LinkIsAdopted { get; init; }

    /// <summary>How it is announced to neighbours when it has come up in a sandbox. Default
    /// <see cref="DesiredState.Announcement.Default"/>.</summary>
    public Announcement Announcement { get; init; } = Announcement.Default;

    /// <inheritdoc/>
    public override string Key => $"address:{Namespace.Key}:{Link}:{Address}";

    /// <inheritdoc/>
    public override string Label => $"address:{Namespace}:{Link}:{Address}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace, Link)];
}
