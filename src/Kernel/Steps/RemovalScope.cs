using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>The namespaces and links of a removal: what is in or on them goes along and needs no step of its own.</summary>
internal sealed class RemovalScope
{
    private readonly HolderSet _removed = new();

    /// <summary>Collects the namespaces and links among the objects to remove.</summary>
    public RemovalScope(IEnumerable<DesiredObject> removed)
    {
        foreach (DesiredObject desired in removed.Where(desired => desired.Ownership != Ownership.Adopted && !desired.KeepsPlaces))
        {
            _removed.Add(desired);
        }
    }

    /// <summary>Whether the namespace is removed, and so everything in it.</summary>
    public bool Takes(NamespaceRef @namespace) => _removed.Has(@namespace);

    /// <summary>Whether the link is removed, and so everything on it.</summary>
    public bool Takes(NamespaceRef @namespace, string link) => _removed.Has(@namespace, link);
}
