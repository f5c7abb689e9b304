using Net.Cnm.DesiredState;

namespace Net.Kernel.Resolvers;

/// <summary>Which resolvers this engine has opened sockets for.</summary>
internal sealed class ResolverTable
{
    private readonly Dictionary<string, ResolverListener> _open = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyCollection<ResolverListener> Open => _open.Values;

    /// <summary>Notes one.</summary>
    public void Add(ResolverListener resolver) => _open[resolver.Key] = resolver;

    /// <summary>Forgets one.</summary>
    public void Remove(ResolverListener resolver) => _open.Remove(resolver.Key);
}
