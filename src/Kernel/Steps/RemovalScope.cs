using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>The namespaces and links of a removal: what is in or on them goes along and needs no step of its own.</summary>
internal sealed class RemovalScope
{
    private readonly HolderSet _removed = new();
    private readonly HashSet<ObjectPlace> _buried = [];
    private readonly HashSet<NamespaceRef> _left = [];

    /// <summary>Collects the namespaces and links among the objects to remove.</summary>
    public RemovalScope(IEnumerable<DesiredObject> removed)
    {
        foreach (DesiredObject desired in removed)
        {
            if (desired.Ownership == Ownership.Adopted || desired.KeepsPlaces)
            {
                _left.UnionWith(desired is AdoptedNamespace adopted ? [adopted.Namespace] : []);
                continue;
            }

            _removed.Add(desired);
            if (desired is BridgeLink or VethPair)
            {
                _buried.UnionWith(desired.Places.Where(place => place.Link is not null));
            }
        }
    }

    /// <summary>Whether the namespace is removed, and so everything in it.</summary>
    public bool Takes(NamespaceRef @namespace) => _removed.Has(@namespace);

    /// <summary>Whether the namespace is another program's and is left: nothing of ours stays in it.</summary>
    public bool Leaves(NamespaceRef @namespace) => _left.Contains(@namespace);

    /// <summary>Whether the link is removed, and so everything on it.</summary>
    public bool Takes(NamespaceRef @namespace, string link) => _removed.Has(@namespace, link);

    /// <summary>Whether the link is removed by being buried (<see cref="Links.LinkGrave"/>) and its namespace stays: IPv4 addresses on it
    /// count until it is deleted.</summary>
    public bool Buries(NamespaceRef @namespace, string link) =>
        !Takes(@namespace) && _buried.Contains(new ObjectPlace(@namespace, link));
}
