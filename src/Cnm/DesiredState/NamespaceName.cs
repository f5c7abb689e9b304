namespace Net.Cnm.DesiredState;

/// <summary>A name under which <c>ip netns</c> lists a sandbox's namespace: a symbolic link in /run/netns, best effort where that cannot be
/// written.</summary>
public sealed record NamespaceName : DesiredObject
{
    /// <summary>The name of the symbolic link: the container's name. A renamed container has another object of this kind.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that the link points at, never the host's.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <inheritdoc/>
    public override string Key => $"namespace-name:{Name}";
}
