using Net.Cnm.Identifiers;

namespace Net.Cnm.DesiredState;

/// <summary>Whose piece of desired state something is. Its <see cref="Tag"/> is what the kernel object carries.</summary>
/// <param name="Kind">What sort of owner.</param>
/// <param name="Tag">The owner's 64-hex id, or <c>host</c>: an interface's ifalias, part of a rule's comment.</param>
public readonly record struct OwnerId(OwnerKind Kind, string Tag)
{
    /// <summary>What belongs to no network or sandbox, such as IP forwarding.</summary>
    public static OwnerId Host { get; } = new(OwnerKind.Host, "host");

    /// <summary>A network as owner.</summary>
    public static OwnerId Of(NetworkId id) => new(OwnerKind.Network, id.Value);

    /// <summary>An endpoint as owner.</summary>
    public static OwnerId Of(EndpointId id) => new(OwnerKind.Endpoint, id.Value);

    /// <summary>A sandbox as owner.</summary>
    public static OwnerId Of(SandboxId id) => new(OwnerKind.Sandbox, id.Value);

    /// <inheritdoc/>
    public override string ToString() => $"{Kind}:{Tag}";
}
