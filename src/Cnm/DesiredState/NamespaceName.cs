namespace Net.Cnm.DesiredState;

/// <summary>A name under which <c>ip netns</c> lists the network namespace of a sandbox: a symbolic link in /run/netns. Where that
/// directory cannot be written, the link is left out without an error.</summary>
public sealed record NamespaceName : DesiredObject
{
    /// <summary>The name of the symbolic link, which is the container's name. A renamed container has another object of this
    /// kind.</summary>
    public required string Name { get; init; }

    /// <summary>The network namespace that the link points at; never the host's.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <inheritdoc/>
    public override string Key => $"namespace-name:{Name}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace)];
}
