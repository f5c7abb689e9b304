namespace Net.Cnm.DesiredState;

/// <summary>A link in the daemon's network namespace. It carries the interface group of this program and, as ifalias, its owner's
/// tag.</summary>
public abstract record HostLink : LinkObject
{
    /// <summary>The interface name in the daemon's namespace, at most 15 bytes (IFNAMSIZ).</summary>
    public required string Name { get; init; }

    /// <summary>The MTU in bytes; null for the kernel's default.</summary>
    public int? Mtu { get; init; }

    /// <inheritdoc/>
    public override string Words => $"{Kind} {Name}";

    /// <inheritdoc/>
    public sealed override string Key => $"link:{NamespaceRef.Host.Key}:{Name}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(NamespaceRef.Host, Name)];
}
