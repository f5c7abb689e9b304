using Net.Cnm.Identifiers;

namespace Net.Cnm.DesiredState;

/// <summary>The owner of a desired object: a network, an endpoint, a sandbox or the host. The kernel object carries its
/// <see cref="Tag"/>.</summary>
/// <param name="Kind">The kind of owner.</param>
/// <param name="Tag">The owner's id of 64 hexadecimal digits, or <c>host</c>. An interface carries it as ifalias, a firewall rule in its
/// comment.</param>
public readonly record struct OwnerId(OwnerKind Kind, string Tag)
{
    /// <summary>The owner of objects that belong to no network, endpoint or sandbox, such as IP forwarding.</summary>
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
