namespace Net.Cnm.DesiredState;

/// <summary>A link in a sandbox that shares a link of the host, its parent. It comes up with the sandbox, and carries the interface group
/// of this program and its owner's tag. One that is handed over waits in the daemon's namespace, down, until another program takes it to a
/// sandbox of its own.</summary>
public abstract record SandboxLink : LinkObject
{
    /// <summary>The sandbox's namespace; that of the daemon where the link is handed over.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The interface name in the sandbox, such as eth0.</summary>
    public required string Name { get; init; }

    /// <summary>The interface name of the link of the host that it shares.</summary>
    public required string Parent { get; init; }

    /// <summary>The MTU in bytes, at most that of the parent; null for that of the parent.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether IPv6 is enabled. When it is not, <c>disable_ipv6</c> is set before the link comes up.</summary>
    public required bool IPv6 { get; init; }

    /// <inheritdoc/>
    public override string Words => $"link {Name} of {Namespace} on {Parent}";

    /// <inheritdoc/>
    public sealed override string Key => $"link:{Namespace.Key}:{Name}";

    /// <inheritdoc/>
    public override string Label => $"link:{Namespace}:{Name}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> Places => [new(Namespace, Name)];

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(NamespaceRef.Host, Parent), new(Namespace)];
}
