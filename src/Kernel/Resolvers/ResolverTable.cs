using Net.Cnm.DesiredState;

namespace Net.Kernel.Resolvers;

/// <summary>The resolvers that this engine has opened sockets for.</summary>
internal sealed class ResolverTable
{
    private readonly Dictionary<string, ResolverListener> _open = new(StringComparer.Ordinal);

    /// <summary>All open resolvers.</summary>
    public IReadOnlyCollection<ResolverListener> Open => _open.Values;

    /// <summary>Adds a resolver.</summary>
    public void Add(ResolverListener resolver) => _open[resolver.Key] = resolver;

    /// <summary>Removes a resolver.</summary>
    public void Remove(ResolverListener resolver) => _open.Remove(resolver.Key);
}
