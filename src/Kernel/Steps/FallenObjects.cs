using Net.Cnm.DesiredState;

namespace Net.Kernel.Steps;

/// <summary>The objects that failed while others went on, and what cannot be there without them: of a failed object nothing more is tried,
/// and without a namespace or link, nothing in or on it.</summary>
internal sealed class FallenObjects
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly HashSet<string?> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<(string? Path, string Link)> _links = [];

    /// <summary>Records that a step failed.</summary>
    public void Add(Step failed)
    {
        _keys.Add(failed.Subject.Key);
        if (failed.Phase is ApplyPhase.Namespaces or ApplyPhase.Bridges or ApplyPhase.Veths)
        {
            AddBase(failed.Subject);
        }
    }

    /// <summary>Whether the step has to be left out.</summary>
    public bool Includes(Step step)
    {
        if (_keys.Count == 0)
        {
            return false;
        }

        if (!_keys.Contains(step.Subject.Key) && RestsOnFallen(step.Subject))
        {
            _keys.Add(step.Subject.Key);
            AddBase(step.Subject);
        }

        return _keys.Contains(step.Subject.Key);
    }

    private void AddBase(DesiredObject subject)
    {
        switch (subject)
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

    private bool RestsOnFallen(DesiredObject subject) => subject switch
    {
        VethPair veth => LacksLink(NamespaceRef.Host, veth.Bridge) || LacksNamespace(veth.PeerNamespace),
        LinkAddress address => LacksLink(address.Namespace, address.Link),
        RouteObject route => LacksLink(route.Namespace, route.Link),
        NeighbourObject neighbour => LacksLink(neighbour.Namespace, neighbour.Link),
        SysctlObject { Link: { } link } setting => LacksLink(setting.Namespace, link),
        SysctlObject setting => LacksNamespace(setting.Namespace),
        ResolverListener resolver => LacksNamespace(resolver.Namespace),
        NamespaceName name => LacksNamespace(name.Namespace),
        _ => false,
    };

    private bool LacksNamespace(NamespaceRef @namespace) => _namespaces.Contains(@namespace.Path);

    private bool LacksLink(NamespaceRef @namespace, string link) =>
        LacksNamespace(@namespace) || _links.Contains((@namespace.Path, link));
}
