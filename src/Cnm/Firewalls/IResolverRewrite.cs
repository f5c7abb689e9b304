using Net.Cnm.DesiredState;

namespace Net.Cnm.Firewalls;

/// <summary>The stateless address and port rewrite in a sandbox's network namespace between 127.0.0.11 port 53 and the port where the
/// daemon answers DNS queries.</summary>
/// <remarks>The rewrite is a chain of type filter, hook output, priority -310, in <c>table inet netctl</c>. It uses no connection tracking,
/// so that a query creates no conntrack entry.</remarks>
public interface IResolverRewrite
{
    /// <summary>Installs the rewrite. Replaces an existing rewrite to another port.</summary>
    /// <param name="sandbox">The network namespace of the sandbox.</param>
    /// <param name="port">The port on 127.0.0.11 where the daemon answers, the same for UDP and TCP.</param>
    void Install(NamespaceRef sandbox, ushort port);

    /// <summary>Removes the rewrite. Does nothing when there is none.</summary>
    void Remove(NamespaceRef sandbox);

    /// <summary>The port to which queries are currently rewritten; null when the rewrite is missing or incomplete.</summary>
    ushort? Observe(NamespaceRef sandbox);

    /// <summary>The shell commands that would do the same as <see cref="Install"/>, one command per line.</summary>
    IReadOnlyList<string> Explain(NamespaceRef sandbox, ushort port);
}
