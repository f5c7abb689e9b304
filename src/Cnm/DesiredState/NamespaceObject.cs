namespace Net.Cnm.DesiredState;

/// <summary>A network namespace bound to a file, with its loopback interface up. The kernel then assigns 127.0.0.1/8 and, when IPv6 is on,
/// ::1/128.</summary>
public sealed record NamespaceObject : DesiredObject
{
    /// <summary>The network namespace; never the host's.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <inheritdoc/>
    public override string Key => $"namespace:{Namespace.Path}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(Namespace)];
}
