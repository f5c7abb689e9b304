using Net.Cnm.Identifiers;

namespace Net.Cnm.DesiredState;

/// <summary>
/// The embedded resolver of one sandbox: UDP and TCP sockets on 127.0.0.11 and a port in its namespace, and the stateless rewrite between
/// that port and 53 (<c>table inet netctl</c> in the namespace).
/// </summary>
public sealed record ResolverListener : DesiredObject
{
    /// <summary>The sandbox that is answered.</summary>
    public required SandboxId Sandbox { get; init; }

    /// <summary>Its namespace.</summary>
    public required NamespaceRef Namespace { get; init; }

    /// <summary>The port, the same for UDP and TCP.</summary>
    public required ushort Port { get; init; }

    /// <inheritdoc/>
    public override string Key => $"resolver:{Sandbox}";
}
