using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>The namespaces and links of a removal: what is in or on them goes along and needs no step of its own.</summary>
internal sealed class RemovalScope
{
    private readonly HashSet<string?> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<(string? Path, string Link)> _links = [];

    /// <summary>Collects the namespaces and links among the objects to remove.</summary>
    public RemovalScope(IEnumerable<DesiredObject> removed)
    {
        foreach (DesiredObject desired in removed.Where(desired => desired.Ownership != Ownership.Adopted))
        {
            switch (desired)
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

    /// <summary>Whether the namespace is removed, and so everything in it.</summary>
    public bool Takes(NamespaceRef @namespace) => _namespaces.Contains(@namespace.Path);

    /// <summary>Whether the link is removed, and so everything on it.</summary>
    public bool Takes(NamespaceRef @namespace, string link) => Takes(@namespace) || _links.Contains((@namespace.Path, link));
}
