using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>What a removal takes along without a step of its own: what is in a namespace, or on a link, that goes.</summary>
internal sealed class RemovalScope
{
    private readonly HashSet<string?> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<(string? Path, string Link)> _links = [];

    /// <summary>Looks through what is to be removed.</summary>
    public RemovalScope(IEnumerable<DesiredObject> removed)
    {
        foreach (DesiredObject thing in removed.Where(thing => thing.Ownership != Ownership.Adopted))
        {
            switch (thing)
            {
                case NamespaceObject sandbox:
                    _namespaces.Add(sandbox.Namespace.Path);
                    break;
                case BridgeLink bridge:
                    _links.Add((null, bridge.Name));
                    break;
                case VethPair veth:
                    _links.Add((null, veth.HostName));
                    _links.Add((veth.PeerNamespace.Path, veth.PeerName));
                    break;
            }
        }
    }

    /// <summary>Whether the namespace, and so everything in it, goes.</summary>
    public bool Takes(NamespaceRef @namespace) => _namespaces.Contains(@namespace.Path);

    /// <summary>Whether the link, and so everything on it, goes.</summary>
    public bool Takes(NamespaceRef @namespace, string link) => Takes(@namespace) || _links.Contains((@namespace.Path, link));
}
