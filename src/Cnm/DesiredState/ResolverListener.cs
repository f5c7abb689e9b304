using Net.Cnm.Identifiers;

namespace Net.Cnm.DesiredState;

/// <summary>The embedded DNS resolver of one sandbox: a UDP and a TCP socket on a port of 127.0.0.11 in its network namespace, and the
/// stateless rewrite between that port and port 53 (<c>table inet netctl</c> in the namespace).</summary>
public sealed record ResolverListener : DesiredObject
{
    /// <summary>The sandbox whose queries are answered.</summary>
    public required SandboxId Sandbox { get; init; }

    /// <summary>The network namespace of the sandbox.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The port of the sockets, the same for UDP and TCP.</summary>
    public required ushort Port { get; init; }

    /// <inheritdoc/>
    public override string Key => $"resolver:{Sandbox}";

    /// <inheritdoc/>
    public override IEnumerable<ObjectPlace> RestsOn => [new(Namespace)];
}
