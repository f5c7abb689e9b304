namespace Net.Cnm.DesiredState;

/// <summary>A name under which <c>ip netns</c> lists a sandbox's namespace: a symbolic link in /run/netns, best effort where that cannot be written.</summary>
public sealed record NamespaceName : DesiredObject
{
    /// <summary>The namespace that gets the name <see cref="NamespaceRef.Name"/>.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <inheritdoc/>
    public override string Key => $"namespace-name:{Namespace.Name}";
}
