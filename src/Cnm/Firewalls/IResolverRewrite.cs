using Net.Cnm.DesiredState;

namespace Net.Cnm.Firewalls;

/// <summary>The stateless rewrite in a sandbox's namespace between 127.0.0.11 port 53 and the port where the daemon answers.</summary>
/// <remarks><c>table inet netctl</c>, chain type filter, hook output, priority -310; no connection tracking, so no entry a query.</remarks>
public interface IResolverRewrite
{
    /// <summary>Puts the rewrite in place, replacing one to another port.</summary>
    void Install(NamespaceRef sandbox, ushort port);

    /// <summary>Takes it out; nothing happens when it is not there.</summary>
    void Remove(NamespaceRef sandbox);

    /// <summary>The port that is rewritten to now; null when the rewrite is missing or incomplete.</summary>
    ushort? Observe(NamespaceRef sandbox);

    /// <summary>The commands a person would type for <see cref="Install"/>.</summary>
    IReadOnlyList<string> Explain(NamespaceRef sandbox, ushort port);
}
