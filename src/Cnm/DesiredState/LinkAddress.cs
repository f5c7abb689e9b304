using Net.Cnm.Addresses;

namespace Net.Cnm.DesiredState;

/// <summary>An address on an interface. IPv6 ones skip duplicate address detection, since the controller knows that they are
/// unique.</summary>
public sealed record LinkAddress : DesiredObject
{
    /// <summary>The namespace of the interface.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The interface.</summary>
    public required string Link { get; init; }

    /// <summary>The address with its prefix length.</summary>
    public required InterfaceAddress Address { get; init; }

    /// <inheritdoc/>
    public override string Key => $"address:{Namespace.Key}:{Link}:{Address}";

    /// <inheritdoc/>
    public override string Label => $"address:{Namespace}:{Link}:{Address}";
}
