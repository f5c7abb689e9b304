namespace Net.Cnm.DesiredState;

/// <summary>A name under which <c>ip netns</c> lists the network namespace of a sandbox: a symbolic link in /run/netns. Where that
/// directory cannot be written, the link is left out without an error.</summary>
public sealed record NamespaceName : DesiredObject
{
    /// <summary>The name of the symbolic link, which is the container's name. A renamed container has another object of this
    /// kind.</summary>
    public required string Name { get; init; }

    /// <summary>The network namespace that the name is for; never the host's.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The path that the link points at. It leads to the namespace in every mount namespace, which the file that the namespace is
    /// bound to does not.</summary>
    public required string Target { get; init; }

    /// <inheritdoc/>
    public override string Key => $"namespace-name:{Name}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace)];
}
