using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>Namespaces and links, the objects that others are in or on: without one of them, what it holds cannot be there.</summary>
internal sealed class HolderSet
{
    private readonly HashSet<string?> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<(string? Path, string Link)> _links = [];

    /// <summary>Adds an object: a namespace, a bridge, or both ends of a veth pair. Another kind of object holds nothing.</summary>
    public void Add(DesiredObject desired)
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

    /// <summary>Whether the namespace was added.</summary>
    public bool Has(NamespaceRef @namespace) => _namespaces.Contains(@namespace.Path);

    /// <summary>Whether the link was added, or the namespace that it is in.</summary>
    public bool Has(NamespaceRef @namespace, string link) => Has(@namespace) || _links.Contains((@namespace.Path, link));
}
